-- name: registration_told
-- purpose: who comes is told of the event as it is now
-- role: rw
-- param: id int
-- rows: none
update private.event_registration r set told = e.sequence from event e where e.id = r.event_id and r.id = $1
