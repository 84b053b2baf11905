-- name: mail_unsubscribe
-- purpose: the kind of mail a link of unsubscription came in, and whether it is off; switches it off when act
-- param: token_hash text
-- param: act bool
-- column: label text
-- column: off bool
-- rows: maybe
-- role: rw
-- writes: through mail_unsubscribe
select u.label, u.off from private.mail_unsubscribe($1::text, $2::bool) u
