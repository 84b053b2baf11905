-- name: registration_cancel
-- purpose: take somebody off an event
-- role: rw
-- param: id int
-- column: outcome text
-- rows: one
-- writes: through registration_cancel
select private.registration_cancel($1::int) as outcome
