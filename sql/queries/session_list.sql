-- name: session_list
-- purpose: the sessions of an account that still hold, the last used first
-- role: rw
-- param: account int
-- column: id int
-- column: agent text
-- column: second_factor bool
-- column: created_at timestamptz
-- column: seen_at timestamptz
-- rows: many
select s.id, s.agent, s.second_factor, s.created_at, s.seen_at from session s
where s.account_id = $1 and s.expires_at > now() order by s.seen_at desc, s.id desc
