-- name: mail_prefer
-- purpose: what an account wants to receive: aucun, attend, tout or resume
-- param: account int
-- param: level text
-- column: done bool
-- rows: one
-- role: rw
-- writes: through mail_prefer
select private.mail_prefer($1::int, $2::text) is null as done
