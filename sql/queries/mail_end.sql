-- name: mail_end
-- purpose: just before the final dot: whether this sender still holds the mail; from here on it is not sent again
-- param: id bigint
-- param: claim int
-- column: mine bool
-- rows: one
-- role: rw
-- writes: through mail_end
select private.mail_end($1::bigint, $2::int) as mine
