-- name: mail_forget
-- purpose: wipe the texts and addresses of what is over since that many days; how many
-- param: days int
-- column: n int
-- rows: one
-- role: rw
-- writes: through mail_forget
select private.mail_forget($1::int) as n
