-- name: content_event_put
-- purpose: write one event, the series it names, who speaks there and what it is about; what an editor changed here is left alone
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
	insert into event as e (ref, slug, title, summary, series_id, starts_on, date_known, ends_on, starts_at, ends_at, timezone, place, territory_id, mode, url,
		replay_url, status, source_label, source_url, origin)
	select j->>'ref', trim(both '-' from left(trim(both '-' from regexp_replace(immutable_unaccent(lower(j->>'title')), '[^a-z0-9]+', '-', 'g')), 80)),
		j->>'title', coalesce(j->>'summary', ''), (select id from series), (j->>'starts_on')::date, coalesce(j->>'date_known', 'jour'), (j->>'ends_on')::date,
		(j->>'starts_at')::timestamptz, (j->>'ends_at')::timestamptz, coalesce(j->>'timezone', 'Europe/Paris'), coalesce(j->>'place', ''),
		(select t.id from territory t
		where t.type || ':' || t.code = case j->>'territoire' when 'national' then 'pays:FR' else j->>'territoire' end),
		j->>'mode', j->>'url', j->>'replay_url', j->>'status', j->>'source_label', j->>'source_url', j->>'origin'
	from d
	on conflict (ref) do update
	set slug = excluded.slug, title = excluded.title, summary = excluded.summary, series_id = excluded.series_id, starts_on = excluded.starts_on,
		date_known = excluded.date_known, ends_on = excluded.ends_on, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
		timezone = excluded.timezone, place = excluded.place, territory_id = excluded.territory_id, mode = excluded.mode, url = excluded.url,
		replay_url = excluded.replay_url, status = excluded.status, source_label = excluded.source_label, source_url = excluded.source_url,
		origin = excluded.origin
	where e.edited_at is null and (e.slug, e.title, e.summary, e.series_id, e.starts_on, e.date_known, e.ends_on, e.starts_at, e.ends_at, e.timezone, e.place,
			e.territory_id, e.mode, e.url, e.replay_url, e.status, e.source_label, e.source_url, e.origin)
		is distinct from (excluded.slug, excluded.title, excluded.summary, excluded.series_id, excluded.starts_on, excluded.date_known, excluded.ends_on,
			excluded.starts_at, excluded.ends_at, excluded.timezone, excluded.place, excluded.territory_id, excluded.mode, excluded.url,
			excluded.replay_url, excluded.status, excluded.source_label, excluded.source_url, excluded.origin)
	returning id, (xmax = 0) as fresh
), me as (
	select id from up
	union
	select e.id from event e, d where e.ref = d.j->>'ref' and e.edited_at is null
), area as (
	select t.id from d, jsonb_array_elements_text(coalesce(d.j->'concerne', '[]')) as a (place)
	join territory t on t.type || ':' || t.code = case a.place when 'national' then 'pays:FR' else a.place end
), word as (
	select t.id from d, jsonb_array_elements_text(d.j->'terms') as a (term)
	join term t on t.scheme = split_part(a.term, ':', 1) and t.code = split_part(a.term, ':', 2)
), helper as (
	select c.id from d, jsonb_array_elements_text(coalesce(d.j->'catalyseurs', '[]')) as a (ref) join catalyst c on c.ref = trim(split_part(a.ref, ':', 1))
), said as (
	-- "ref of a structure, or the name of an organisation:its part|..."
	select a.place, s.id as structure_id, case when s.id is null then trim(split_part(a.item, ':', 1)) else '' end as organisation,
		trim(substr(a.item, length(split_part(a.item, ':', 1)) + 2)) as role
	from d, regexp_split_to_table(coalesce(d.j->>'intervenants', ''), '\|') with ordinality as a (item, place)
	left join structure s on s.ref = trim(split_part(a.item, ':', 1))
	where trim(a.item) <> ''
), area_out as (
	delete from event_area x using me where x.event_id = me.id and x.territory_id not in (select id from area) returning 1
), area_in as (
	insert into event_area (event_id, territory_id) select distinct me.id, area.id from me, area on conflict do nothing returning 1
), word_out as (
	delete from event_term x using me where x.event_id = me.id and x.term_id not in (select id from word) returning 1
), word_in as (
	insert into event_term (event_id, term_id) select distinct me.id, word.id from me, word on conflict do nothing returning 1
), helper_out as (
	delete from event_catalyst x using me where x.event_id = me.id and x.catalyst_id not in (select id from helper) returning 1
), helper_in as (
	insert into event_catalyst (event_id, catalyst_id) select distinct me.id, helper.id from me, helper on conflict do nothing returning 1
), said_out as (
	delete from event_speaker x using me where x.event_id = me.id
		and not exists (select from said s where s.structure_id is not distinct from x.structure_id and s.organisation = x.organisation and s.role = x.role and s.place = x.position)
	returning 1
), said_in as (
	insert into event_speaker (event_id, structure_id, organisation, role, position) select me.id, s.structure_id, s.organisation, s.role, s.place from me, said s
	where not exists (select from event_speaker x where x.event_id = me.id
		and s.structure_id is not distinct from x.structure_id and s.organisation = x.organisation and s.role = x.role and s.place = x.position)
	returning 1
), replay_in as (
	insert into event_document (event_id, kind, label, url) select me.id, 'replay', 'La rediffusion', d.j->>'replay_url' from me, d where d.j->>'replay_url' is not null
	on conflict (event_id, url) do nothing returning 1
)
select case when exists (select from up where fresh) then 'added'
	when exists (select from up) or exists (select from area_out) or exists (select from area_in) or exists (select from word_out) or exists (select from word_in)
		or exists (select from helper_out) or exists (select from helper_in) or exists (select from said_out) or exists (select from said_in)
		or exists (select from replay_in) then 'changed'
	else 'same' end as outcome;
