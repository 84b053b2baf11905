-- name: figure_file_put
-- purpose: keep a table of figures until it is confirmed; tables of yesterday go
-- role: rw
-- param: account int
-- param: body text
-- param: sum text
-- column: id int
-- rows: one
with old as (
	update private.import_file set body = null where body is not null and created_at < now() - interval '1 day'
)
insert into private.import_file (account_id, body, sum, source, publish, kind) select $1::int, $2::text, $3::text, 'observatoire', true, 'chiffres' returning id
