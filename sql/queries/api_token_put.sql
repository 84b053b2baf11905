-- name: api_token_put
-- purpose: a key of the API, known by its SHA-256; no row when the account has twenty that hold
-- role: rw
-- param: hash text
-- param: account int
-- param: name text
-- param: scopes text[]
-- param: days int
-- column: id int
-- rows: maybe
insert into api_token (hash, account_id, name, scopes, expires_at)
select $1, $2, btrim($3), $4, now() + make_interval(days => $5)
where (select count(*) from api_token t where t.account_id = $2 and t.expires_at > now()) < 20
returning id
