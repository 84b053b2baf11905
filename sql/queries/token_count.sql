-- name: token_count
-- purpose: how many of a purpose an account may still use
-- role: rw
-- param: account int
-- param: purpose text
-- column: n int
-- rows: one
select count(*)::int as n from token t where t.account_id = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > now()
