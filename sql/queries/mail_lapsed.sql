-- name: mail_lapsed
-- purpose: mails whose sender is gone: back in the queue, or uncertain; how many
-- param: none
-- column: n int
-- rows: one
-- role: rw
-- writes: through mail_lapsed
select private.mail_lapsed() as n
