-- name: content_sheet_put
-- purpose: write one published sheet with its territories, terms, catalysts, further sources and places in front offices
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into sheet as s (id, ref, type, slug, title, summary, sections, evidence, licence, state, structure_id, source_label,
		source_url, source_publisher, source_year, origin, verified_on, maturity_min, maturity_max)
	select (j->>'id')::int, j->>'ref', j->>'type', regexp_replace(j->>'ref', '^[medoc]-', ''), j->>'titre', j->>'chapo',
		j->'sections', array_position(array['cite', 'temoignage', 'documente', 'evalue', 'replique'], j->>'preuve') - 1,
		j->>'licence', 'publiee', (select st.id from structure st where st.ref = j->>'structure'),
		j#>>'{sources,0,label}', j#>>'{sources,0,url}', j#>>'{sources,0,publisher}', (j#>>'{sources,0,year}')::smallint,
		j->>'origine', (j->>'verifiee')::date, (j->>'maturity_min')::smallint, (j->>'maturity_max')::smallint
	from d
	on conflict (ref) do update
	set type = excluded.type, slug = excluded.slug, title = excluded.title, summary = excluded.summary,
		sections = excluded.sections, evidence = excluded.evidence, licence = excluded.licence,
		structure_id = excluded.structure_id, source_label = excluded.source_label, source_url = excluded.source_url,
		source_publisher = excluded.source_publisher, source_year = excluded.source_year, origin = excluded.origin,
		verified_on = excluded.verified_on, maturity_min = excluded.maturity_min, maturity_max = excluded.maturity_max
	where (s.type, s.slug, s.title, s.summary, s.sections, s.evidence, s.licence, s.structure_id, s.source_label, s.source_url,
			s.source_publisher, s.source_year, s.origin, s.verified_on, s.maturity_min, s.maturity_max)
		is distinct from (excluded.type, excluded.slug, excluded.title, excluded.summary, excluded.sections,
			excluded.evidence, excluded.licence, excluded.structure_id, excluded.source_label, excluded.source_url,
			excluded.source_publisher, excluded.source_year, excluded.origin, excluded.verified_on, excluded.maturity_min,
			excluded.maturity_max)
	returning id, (xmax = 0) as fresh
), me as (
	select id from up
	union
	select s.id from sheet s, d where s.ref = d.j->>'ref'
), area as (
	select t.id
	from d, jsonb_array_elements_text(d.j->'territoires') as a (place)
	join territory t on t.type = split_part(case a.place when 'national' then 'pays:FR' else a.place end, ':', 1)
		and t.code = split_part(case a.place when 'national' then 'pays:FR' else a.place end, ':', 2)
), word as (
	select t.id
	from d, jsonb_array_elements_text(d.j->'terms') as a (term)
	join term t on t.scheme = split_part(a.term, ':', 1) and t.code = split_part(a.term, ':', 2)
), actor as (
	select distinct on (c.id) c.id, trim(coalesce(substring(a.ref from ':(.*)$'), '')) as role
	from d, jsonb_array_elements_text(coalesce(d.j->'catalyseurs', '[]')) as a (ref)
	join catalyst c on c.ref = trim(split_part(a.ref, ':', 1))
	order by c.id
), place as (
	select distinct e.id
	from d, jsonb_array_elements_text(coalesce(d.j->'espaces', '[]')) as a (code)
	join espace e on e.code = a.code
), further as (
	select (a.position - 1)::int as position, a.source->>'label' as label, a.source->>'url' as url,
		a.source->>'publisher' as publisher, (a.source->>'year')::smallint as year
	from d, jsonb_array_elements(d.j->'sources') with ordinality as a (source, position)
	where a.position > 1
), area_out as (
	delete from sheet_territory x using me where x.sheet_id = me.id and x.territory_id not in (select id from area) returning 1
), area_in as (
	insert into sheet_territory (sheet_id, territory_id) select distinct me.id, area.id from me, area
	on conflict do nothing returning 1
), word_out as (
	delete from sheet_term x using me where x.sheet_id = me.id and x.term_id not in (select id from word) returning 1
), word_in as (
	insert into sheet_term (sheet_id, term_id) select distinct me.id, word.id from me, word
	on conflict do nothing returning 1
), actor_out as (
	delete from sheet_catalyst x using me where x.sheet_id = me.id and x.catalyst_id not in (select id from actor) returning 1
), actor_in as (
	insert into sheet_catalyst as x (sheet_id, catalyst_id, role) select me.id, actor.id, actor.role from me, actor
	on conflict (sheet_id, catalyst_id) do update set role = excluded.role where x.role is distinct from excluded.role
	returning 1
), place_out as (
	delete from espace_sheet x using me where x.sheet_id = me.id and x.espace_id not in (select id from place)
		and not (select e.edited from espace e where e.id = x.espace_id) returning 1
), place_in as (
	insert into espace_sheet (espace_id, sheet_id, position) select place.id, me.id, 0 from me, place join espace e on e.id = place.id and not e.edited
	on conflict do nothing returning 1
), further_out as (
	delete from sheet_source x using me where x.sheet_id = me.id and x.position not in (select position from further) returning 1
), further_in as (
	insert into sheet_source as x (sheet_id, position, label, url, publisher, year)
	select me.id, f.position, f.label, f.url, f.publisher, f.year from me, further f
	on conflict (sheet_id, position) do update
	set label = excluded.label, url = excluded.url, publisher = excluded.publisher, year = excluded.year
	where (x.label, x.url, x.publisher, x.year) is distinct from (excluded.label, excluded.url, excluded.publisher, excluded.year)
	returning 1
)
select case when exists (select from up where fresh) then 'added'
	when exists (select from up) or exists (select from area_out) or exists (select from area_in)
		or exists (select from word_out) or exists (select from word_in) or exists (select from actor_out)
		or exists (select from actor_in) or exists (select from place_out) or exists (select from place_in)
		or exists (select from further_out) or exists (select from further_in) then 'changed'
	else 'same' end as outcome;
