-- name: mail_digest
-- purpose: make the mails of the day; how many
-- param: none
-- column: n int
-- rows: one
-- role: rw
-- writes: through mail_digest
select private.mail_digest() as n
