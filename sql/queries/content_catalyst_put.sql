-- name: content_catalyst_put
-- purpose: write one catalyst with the territories it covers and what it practises; what its structure said otherwise (rev > 1) stays
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into catalyst as c (ref, slug, name, summary, kind, structure_id, territory_id, seat_precision, national, website,
		source_label, source_url, origin, verified_on)
	select j->>'ref', j->>'ref', j->>'name', coalesce(j->>'summary', ''), j->>'kind',
		(select s.id from structure s where s.ref = j->>'structure'),
		(select t.id from territory t
		where t.type || ':' || t.code = case j->>'siege' when 'national' then 'pays:FR' else j->>'siege' end),
		j->>'precision', coalesce((j->>'national')::bool, false), j->>'website', j->>'source_label', j->>'source_url',
		j->>'origin', (j->>'verifie')::date
	from d
	on conflict (ref) do update
	set name = excluded.name, summary = excluded.summary, kind = excluded.kind, structure_id = excluded.structure_id,
		territory_id = excluded.territory_id, seat_precision = excluded.seat_precision, national = excluded.national,
		website = excluded.website, source_label = excluded.source_label, source_url = excluded.source_url,
		origin = excluded.origin, verified_on = excluded.verified_on
	where c.rev = 1 and (c.name, c.summary, c.kind, c.structure_id, c.territory_id, c.seat_precision, c.national, c.website,
			c.source_label, c.source_url, c.origin, c.verified_on)
		is distinct from (excluded.name, excluded.summary, excluded.kind, excluded.structure_id, excluded.territory_id,
			excluded.seat_precision, excluded.national, excluded.website, excluded.source_label, excluded.source_url,
			excluded.origin, excluded.verified_on)
	returning id, (xmax = 0) as fresh
), me as (
	select id from up
	union
	select c.id from catalyst c, d where c.ref = d.j->>'ref' and c.rev = 1
), area as (
	select t.id
	from d, jsonb_array_elements_text(coalesce(d.j->'couvre', '[]')) as a (place)
	join territory t on t.type = split_part(case a.place when 'national' then 'pays:FR' else a.place end, ':', 1)
		and t.code = split_part(case a.place when 'national' then 'pays:FR' else a.place end, ':', 2)
), word as (
	select t.id
	from d, jsonb_array_elements_text(d.j->'terms') as a (term)
	join term t on t.scheme = split_part(a.term, ':', 1) and t.code = split_part(a.term, ':', 2)
), area_out as (
	delete from catalyst_area x using me where x.catalyst_id = me.id and x.territory_id not in (select id from area) returning 1
), area_in as (
	insert into catalyst_area (catalyst_id, territory_id) select distinct me.id, area.id from me, area
	on conflict do nothing returning 1
), word_out as (
	delete from catalyst_term x using me where x.catalyst_id = me.id and x.term_id not in (select id from word) returning 1
), word_in as (
	insert into catalyst_term (catalyst_id, term_id) select distinct me.id, word.id from me, word
	on conflict do nothing returning 1
)
select case when exists (select from up where fresh) then 'added'
	when exists (select from up) or exists (select from area_out) or exists (select from area_in)
		or exists (select from word_out) or exists (select from word_in) then 'changed'
	else 'same' end as outcome;
