-- name: registration_forget
-- purpose: wipe who came to events that are over since that many days; how many
-- role: rw
-- param: days int
-- column: n int
-- rows: one
-- writes: through registration_forget
select private.registration_forget($1::int) as n
