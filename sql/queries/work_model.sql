-- name: work_model
-- purpose: a public sheet as a text to start from
-- role: rw
-- param: sheet int
-- column: content jsonb
-- rows: maybe
select private.work_content_of(s.id) as content from sheet s where s.id = $1 and s.state in ('publiee', 'a_actualiser')
