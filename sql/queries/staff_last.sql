-- name: staff_last
-- purpose: whether that account is the last administrateur; nobody else may change that until the transaction ends
-- role: rw
-- param: account int
-- column: last bool
-- rows: one
-- writes: it locks
select private.admin_last($1::int) as last
