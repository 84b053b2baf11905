-- name: registration_promote
-- purpose: give the seats that are free to those who wait: who got one
-- role: rw
-- param: event int
-- column: id int
-- rows: many
-- writes: through registration_promote
select p.id from private.registration_promote($1::int) p (id)
