-- name: workshop_forget
-- purpose: addresses and notes of sessions that are over for long; how many went
-- role: rw
-- column: gone int
-- rows: one
-- writes: through workshop_forget
select private.workshop_forget() as gone
