-- name: content_resource_put
-- purpose: write one document or site and its thématiques; one that somebody in charge changed here is left as it is
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into resource as r (ref, title, summary, kind, publisher, year, url, origin, source_label, source_url, checked_on, position)
	select j->>'ref', j->>'title', coalesce(j->>'summary', ''), j->>'kind', coalesce(j->>'publisher', ''), (j->>'year')::smallint, j->>'url',
		j->>'origin', j->>'source_label', j->>'source_url', (j->>'verifie')::date, coalesce((j->>'position')::int, 0)
	from d
	on conflict (ref) do update
	set title = excluded.title, summary = excluded.summary, kind = excluded.kind, publisher = excluded.publisher, year = excluded.year,
		url = excluded.url, origin = excluded.origin, source_label = excluded.source_label, source_url = excluded.source_url,
		checked_on = greatest(r.checked_on, excluded.checked_on), position = excluded.position
	where r.edited_at is null
		and (r.title, r.summary, r.kind, r.publisher, r.year, r.url, r.origin, r.source_label, r.source_url, r.checked_on, r.position)
		is distinct from (excluded.title, excluded.summary, excluded.kind, excluded.publisher, excluded.year, excluded.url, excluded.origin,
			excluded.source_label, excluded.source_url, greatest(r.checked_on, excluded.checked_on), excluded.position)
	returning id, (xmax = 0) as fresh
), me as (
	select id from up
	union
	select r.id from resource r, d where r.ref = d.j->>'ref' and r.edited_at is null
), word as (
	select t.id from d, jsonb_array_elements_text(coalesce(d.j->'terms', '[]')) as a (term)
	join term t on t.scheme = split_part(a.term, ':', 1) and t.code = split_part(a.term, ':', 2)
), term_out as (
	delete from resource_term x using me where x.resource_id = me.id and x.term_id not in (select id from word) returning 1
), term_in as (
	insert into resource_term (resource_id, term_id) select me.id, word.id from me, word on conflict do nothing returning 1
)
select case when exists (select from up where fresh) then 'added'
	when exists (select from up) or exists (select from term_in) or exists (select from term_out) then 'changed' else 'same' end as outcome;
