-- name: registration_due
-- purpose: take those who are to be reminded: a day before (at nine in the morning when the hour is not known), an hour before; each once. Nobody is reminded who
--   has just registered
-- role: rw
-- param: most int
-- column: id int
-- column: which text
-- rows: many
with soon as (
	select e.id, e.starts_at, coalesce(e.starts_at - interval '24 hours', (e.starts_on - 1 + time '09:00') at time zone e.timezone) as day_at,
		coalesce(e.starts_at, e.starts_on::timestamp at time zone e.timezone) as begins
	from event e
	where e.date_known = 'jour' and e.status in ('prevu', 'confirme') and e.starts_on between current_date - 1 and current_date + 3
), due as (
	select r.id, case when s.starts_at - interval '1 hour' <= now() then 'heure' else 'veille' end as which
	from soon s join private.event_registration r on r.event_id = s.id
	where r.state = 'inscrit' and r.email is not null and s.begins > now()
		and (s.starts_at - interval '1 hour' <= now() and r.hour_told_at is null and r.seated_at < s.starts_at - interval '1 hour'
			or coalesce(s.starts_at - interval '1 hour' > now(), true) and s.day_at <= now() and r.day_told_at is null and r.seated_at < s.day_at)
	order by s.begins, r.id limit $1 for update of r skip locked
)
update private.event_registration r set hour_told_at = case d.which when 'heure' then now() else r.hour_told_at end, day_told_at = coalesce(r.day_told_at, now())
from due d where r.id = d.id
returning r.id, d.which
