-- name: token_put
-- purpose: hand out a link or a code, known by its SHA-256
-- role: rw
-- param: hash text
-- param: purpose text
-- param: account int
-- param: sheet int
-- param: data jsonb
-- param: lasts_s int
-- rows: none
insert into token (hash, purpose, account_id, sheet_id, data, expires_at)
values ($1, $2, $3, $4, coalesce($5, '{}'), case when $6::int is null then 'infinity' else now() + make_interval(secs => $6) end)
