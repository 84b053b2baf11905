-- name: event_admin_list
-- purpose: every event for those in charge, those to come first; and the series, with how many they hold
-- role: rw
-- param: size int
-- param: start int
-- column: part text
-- column: id int
-- column: address text
-- column: title text
-- column: series text
-- column: day date
-- column: date_known text
-- column: status text
-- column: registration text
-- column: seated int
-- column: waiting int
-- column: over bool
-- column: total int
-- rows: many
(select 'rendez_vous' as part, c.id, c.address, c.title, coalesce(c.series_name, '') as series, c.starts_on as day, c.date_known, c.status, c.registration,
	(select coalesce(sum(s.taken), 0)::int from event_seat s where s.event_id = c.id) as seated, (select coalesce(sum(s.waiting), 0)::int from event_seat s where s.event_id = c.id) as waiting,
	c.over, count(*) over ()::int as total
from event_card c order by c.over, case when c.over then null else c.begins end, c.begins desc, c.id limit $1 offset $2)
union all
(select 'serie', s.id, s.code, s.name, s.summary, null, null, null, null, (select count(*)::int from event e where e.series_id = s.id), 0, false, 0
from event_series s order by s.name)
