-- name: registration_find
-- purpose: who registered for an event, by number; or by the event and their address
-- role: rw
-- param: id int
-- param: event int
-- param: email text
-- column: id int
-- column: event_id int
-- column: address text
-- column: name text
-- column: email text
-- column: mode text
-- column: state text
-- column: place text
-- column: confirmed_at text
-- column: wait int
-- column: lasts_s int
-- column: room text
-- column: how text
-- rows: maybe
select r.id, r.event_id, e.address, r.name, r.email, r.mode, r.state, t.name as place,
	to_char(r.confirmed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as confirmed_at,
	case r.state when 'attente' then (select count(*)::int from private.event_registration w where w.event_id = r.event_id and w.mode = r.mode and w.state = 'attente'
		and (w.confirmed_at, w.id) <= (r.confirmed_at, r.id)) end as wait,
	(greatest(extract(epoch from event_ends(e) - now()), 0) + 30 * 86400)::int as lasts_s,
	case when r.mode = 'distance' and r.state = 'inscrit' then l.url::text end as room, case when r.mode = 'distance' and r.state = 'inscrit' then l.how end as how
from private.event_registration r join event e on e.id = r.event_id left join territory t on t.id = r.territory_id left join private.event_link l on l.event_id = e.id
where r.email is not null and (r.id = $1 or $1::int is null and r.event_id = $2 and r.email = $3 and r.state <> 'desinscrit')
