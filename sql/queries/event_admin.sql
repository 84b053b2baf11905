-- name: event_admin
-- purpose: one event as those in charge change it: what its form holds besides what readers see, and whether people are registered
-- role: rw
-- param: id int
-- column: address text
-- column: slug text
-- column: room text
-- column: how text
-- column: seats_site int
-- column: seats_remote int
-- column: seated int
-- column: waiting int
-- column: until text
-- column: place_key text
-- rows: maybe
select e.address, e.slug::text as slug, l.url::text as room, coalesce(l.how, '') as how, (select s.capacity from event_seat s where s.event_id = e.id and s.mode = 'site') as seats_site,
	(select s.capacity from event_seat s where s.event_id = e.id and s.mode = 'distance') as seats_remote,
	(select coalesce(sum(s.taken), 0)::int from event_seat s where s.event_id = e.id) as seated, (select coalesce(sum(s.waiting), 0)::int from event_seat s where s.event_id = e.id) as waiting,
	to_char(e.registration_until at time zone e.timezone, 'YYYY-MM-DD') as until, t.type || ':' || t.code as place_key
from event e left join private.event_link l on l.event_id = e.id left join territory t on t.id = e.territory_id
where e.id = $1
