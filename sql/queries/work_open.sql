-- name: work_open
-- purpose: open a public sheet for its next version, when nobody did
-- role: rw
-- writes: through private.work_open
-- param: sheet int
-- column: done bool
-- rows: one
select private.work_open($1) is null as done
