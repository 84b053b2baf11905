-- name: mail_resolve
-- purpose: an uncertain mail, or all of them, sent once more or left; how many
-- param: id bigint
-- param: again bool
-- column: n int
-- rows: one
-- role: rw
-- writes: through mail_resolve
select private.mail_resolve($1, $2) as n
