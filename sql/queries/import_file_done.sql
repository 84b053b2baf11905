-- name: import_file_done
-- purpose: a table is in, or given up: what it brought stays, its text goes
-- role: rw
-- param: id int
-- param: account int
-- param: counts jsonb
-- column: id int
-- rows: maybe
update private.import_file set body = null, done_at = case when $3::jsonb is null then null else now() end, counts = coalesce($3::jsonb, '{}')
where id = $1::int and account_id = $2::int and done_at is null returning id
