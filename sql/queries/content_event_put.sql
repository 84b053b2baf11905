-- name: content_event_put
-- purpose: write one event, and the series it names
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), series as (
	insert into event_series (code, name)
	select trim(both '-' from regexp_replace(immutable_unaccent(lower(j->>'series')), '[^a-z0-9]+', '-', 'g')), j->>'series'
	from d where j->>'series' is not null
	on conflict (code) do update set name = event_series.name
	returning id
), up as (
	insert into event as e (ref, slug, title, summary, series_id, starts_on, starts_at, timezone, place, territory_id, mode, url,
		replay_url, status, source_label, source_url, origin)
	select j->>'ref', j->>'ref', j->>'title', coalesce(j->>'summary', ''), (select id from series), (j->>'starts_on')::date,
		(j->>'starts_at')::timestamptz, coalesce(j->>'timezone', 'Europe/Paris'), coalesce(j->>'place', ''),
		(select t.id from territory t
		where t.type || ':' || t.code = case j->>'territoire' when 'national' then 'pays:FR' else j->>'territoire' end),
		j->>'mode', j->>'url', j->>'replay_url', j->>'status', j->>'source_label', j->>'source_url', j->>'origin'
	from d
	on conflict (ref) do update
	set title = excluded.title, summary = excluded.summary, series_id = excluded.series_id, starts_on = excluded.starts_on,
		starts_at = excluded.starts_at, timezone = excluded.timezone, place = excluded.place,
		territory_id = excluded.territory_id, mode = excluded.mode, url = excluded.url, replay_url = excluded.replay_url,
		status = excluded.status, source_label = excluded.source_label, source_url = excluded.source_url,
		origin = excluded.origin
	where (e.title, e.summary, e.series_id, e.starts_on, e.starts_at, e.timezone, e.place, e.territory_id, e.mode, e.url,
			e.replay_url, e.status, e.source_label, e.source_url, e.origin)
		is distinct from (excluded.title, excluded.summary, excluded.series_id, excluded.starts_on, excluded.starts_at,
			excluded.timezone, excluded.place, excluded.territory_id, excluded.mode, excluded.url, excluded.replay_url,
			excluded.status, excluded.source_label, excluded.source_url, excluded.origin)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
