-- name: import_file_find
-- purpose: a table that somebody sent, by its number and theirs
-- role: rw
-- param: id int
-- param: account int
-- param: kind text
-- column: id int
-- column: body text
-- column: sum text
-- column: source text
-- column: publish bool
-- column: espace_id int
-- column: espace text
-- column: created_at text
-- column: done_at text
-- column: counts text
-- rows: maybe
select f.id as id, f.body as body, f.sum as sum, f.source as source, f.publish as publish, f.espace_id as espace_id, e.name as espace,
	to_char(f.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at, to_char(f.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as done_at, f.counts::text as counts
from private.import_file f left join espace e on e.id = f.espace_id where f.id = $1::int and f.account_id = $2::int and f.kind = $3::text
