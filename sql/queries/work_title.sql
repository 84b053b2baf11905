-- name: work_title
-- purpose: the title of a text being written, and what is public of it
-- role: rw
-- param: sheet int
-- column: title text
-- column: type text
-- rows: maybe
select coalesce(nullif(w.content->>'titre', ''), 'une fiche sans titre') as title, coalesce(w.content->>'type', '') as type from private.work w where w.sheet_id = $1
