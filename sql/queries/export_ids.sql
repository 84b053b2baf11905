-- name: export_ids
-- purpose: the numbers of the public sheets or catalysts after one, in order
-- param: sheets bool
-- param: after int
-- param: n int
-- column: id int
-- rows: many
(select id from sheet where $1 and state in ('publiee', 'a_actualiser') and id > $2 order by id limit $3)
union all
(select id from catalyst where not $1 and state = 'publiee' and id > $2 order by id limit $3)
