-- name: session_open
-- purpose: a new session, known by the SHA-256 of its cookie; the one it replaces (0: none) ends
-- role: rw
-- param: hash text
-- param: account int
-- param: second_factor bool
-- param: agent text
-- param: lasts_s int
-- param: replaces int
-- column: id int
-- rows: one
with old as (
	delete from session s where (s.id = $6 and s.account_id = $2) or s.expires_at < now() - interval '1 day'
)
insert into session (hash, account_id, second_factor, agent, expires_at)
values ($1, $2, $3, left($4, 100), now() + make_interval(secs => $5))
returning id
