-- name: import_file_put
-- purpose: keep a table until it is confirmed; those of yesterday go
-- role: rw
-- param: account int
-- param: body text
-- param: sum text
-- param: source text
-- param: publish bool
-- param: espace text
-- column: id int
-- rows: one
with old as (
	update private.import_file set body = null where body is not null and created_at < now() - interval '1 day'
)
insert into private.import_file (account_id, body, sum, source, publish, espace_id)
select $1::int, $2::text, $3::text, $4::text, $5::bool, (select e.id from espace e where e.code = $6::text) returning id
