-- name: registration_waiting
-- purpose: the events where a seat is free and somebody waits
-- role: rw
-- param: none
-- column: event_id int
-- rows: many
select distinct s.event_id from event_seat s join event e on e.id = s.event_id
where s.waiting > 0 and (s.capacity is null or s.taken < s.capacity) and e.status in ('prevu', 'confirme') and event_ends(e) > now()
