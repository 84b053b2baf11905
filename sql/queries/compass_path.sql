-- name: compass_path
-- purpose: what the answers given make useful here, the most useful first, each with its reasons, one a line. An answer is "question:code";
--   what is not asked counts by itself, for everybody or by what is known of the place. Each answer adds the weights of its hints; where a
--   sheet comes from, or was tried, adds to it: the place itself 5, what contains it 4.5 (the nation: nothing), its département 3.5, its région
--   3, another overseas place for one of overseas 2.5, a place alike by two of population, density and intercommunalité 1.4 or 1.8; tried here
--   with success 4, in the same région 2.5, less in part; elsewhere takes 1.5. Of the same kind, each one after the first costs 1.5 more, so that a path is not made of one kind.
--   part: fiche, parcours, pratique (n: rank by weight), suivant or dernier (an event)
-- param: answers text[]
-- param: territory int
-- param: most int
-- column: part text
-- column: id int
-- column: type text
-- column: code text
-- column: slug text
-- column: title text
-- column: summary text
-- column: evidence smallint
-- column: verified_on date
-- column: date date
-- column: hour text
-- column: hour_reunion text
-- column: mode text
-- column: url text
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: stone text
-- column: national bool
-- column: why text
-- column: score float
-- column: o1 int
-- column: o2 bigint
-- rows: many
with me as materialized (
	select t.id, t.type, t.overseas, coalesce(l.vals, '{}') as vals, c.circles, c.departements, c.regions,
		(select array_agg(v.id) from likeness_value v where v.id = any (l.vals) and v.criterion in ('population', 'densite')) as core
	from territory t
	left join territory_likeness l on l.territory_id = t.id
	cross join lateral (
		select array_agg(u.id) as circles, array_agg(u.id) filter (where u.type in ('departement', 'collectivite')) as departements,
			array_agg(u.id) filter (where u.type = 'region') as regions
		from territory_tree x join territory u on u.id = x.ancestor_id where x.territory_id = t.id and u.type <> 'pays'
	) c
	where t.id = $2 and t.type <> 'pays'
), said as materialized (
	select a.id, a.reason, q.asked or a.facts <> '{}' as aloud, q.position
	from compass_answer a join compass_question q on q.code = a.question
	where case when q.asked then a.question || ':' || a.code = any ($1)
		else a.facts = '{}' or exists (select from me join likeness_value v on v.id = any (me.vals) where v.criterion || ':' || v.code = any (a.facts)) end
), hint as materialized (
	select h.kind, h.value, h.weight, s.id as answer, s.reason, s.aloud, s.position, coalesce(t.merged_into, t.id) as term_id
	from said s join compass_hint h on h.answer_id = s.id left join term t on t.scheme = h.kind and t.code = h.value
), pool as materialized ( -- bounded, however large the base
	select p.sheet_id from hint h cross join lateral (select i.sheet_id from sheet_index i where i.terms @> array[h.term_id] limit 400) p
		where h.term_id is not null
	union
	select s.id from hint h join sheet s on s.ref = h.value join sheet_index i on i.sheet_id = s.id where h.kind = 'fiche'
	union
	select p.sheet_id from me cross join lateral (select i.sheet_id from sheet_index i where i.territories && me.circles limit 400) p
	union
	select p.sheet_id from me cross join lateral (select i.sheet_id from sheet_index i
		where i.territories && array(select o.id from territory o where o.overseas and o.type in ('region', 'collectivite')) limit 200) p where me.overseas
	union
	select p.sheet_id from me cross join lateral (select st.sheet_id from territory_likeness l join sheet_territory st on st.territory_id = l.territory_id
		join sheet_index i on i.sheet_id = st.sheet_id where l.vals @> me.core limit 200) p where cardinality(me.core) = 2
	union
	(select i.sheet_id from sheet_index i where i.own_territories && array(select f.id from territory f where f.type = 'pays') limit 400)
), gain as ( -- by answer: its reason is said once
	select p.sheet_id, h.reason, h.aloud, sum(h.weight)::float8 as weight, min(h.position) as position
	from pool p
	join sheet_index i on i.sheet_id = p.sheet_id
	join sheet s on s.id = p.sheet_id
	join hint h on case h.kind when 'type' then i.type = h.value
		when 'maturite' then case when h.value ~ '^[1-4]$' then h.value::int between s.maturity_min and s.maturity_max end
		when 'fiche' then s.ref = h.value else i.terms @> array[h.term_id] end
	group by p.sheet_id, h.answer, h.reason, h.aloud
), bond as materialized ( -- what ties the sheet to the place, by the nearest of its own territories
	select p.sheet_id, b.from_id, b.weight, b.reason
	from pool p
	join sheet_index i on i.sheet_id = p.sheet_id
	cross join me
	cross join lateral (
		select o.id as from_id, k.weight, 'parce qu’elle vient ' || coalesce(nullif(o.name_of, ''), 'de ' || o.name) || k.how as reason
		from territory o
		cross join lateral (
			select array_agg(x.ancestor_id) as up, (array_agg(x.ancestor_id) filter (where u.type = me.type))[1] as same
			from territory_tree x join territory u on u.id = x.ancestor_id where x.territory_id = o.id
		) w
		left join lateral (
			select count(*) as n, string_agg(v.label, ', ' order by c.position) as labels
			from territory_likeness l
			join likeness_value v on v.id = any (l.vals) and v.id = any (me.vals)
			join likeness_criterion c on c.code = v.criterion and c.code in ('population', 'densite', 'epci')
			where l.territory_id = w.same
		) y on true
		cross join lateral (select case
			when w.up @> array[me.id] then 5 when o.id = any (me.circles) then 4.5 when w.up && me.departements then 3.5 when w.up && me.regions then 3
			when me.overseas and o.overseas then 2.5 when y.n >= 2 then 1 + 0.4 * (y.n - 1) end as weight, case
			when w.up @> array[me.id] or o.id = any (me.circles) then '' when w.up && me.departements then ', dans le même département'
			when w.up && me.regions then ', dans la même région' when me.overseas and o.overseas then ', outre-mer comme chez vous'
			else ', qui ressemble à chez vous : ' || y.labels end as how) k
		where o.id = any (i.own_territories) and o.type <> 'pays' and k.weight is not null
		order by k.weight desc, o.id limit 1
	) b
), served as ( -- somebody tried it around here, and says that it went well, at least in part
	select distinct on (a.sheet_id) a.sheet_id, 'parce qu’elle a servi ' || coalesce(nullif(t.name_in, ''), 'à ' || t.name)
		|| case a.outcome when 'partiel' then ', en partie' else '' end as reason, ((case a.outcome when 'reussi' then 2.5 else 1.8 end) + case when h.here then 1.5 else 0 end)::float8 as weight
	from me
	join pool p on true
	join adoption a on a.sheet_id = p.sheet_id and a.outcome in ('reussi', 'partiel')
	join territory t on t.id = a.territory_id
	cross join lateral (select exists (select from territory_tree x where x.territory_id = a.territory_id and x.ancestor_id = me.id) as here) h
	where exists (select from territory_tree x where x.territory_id = a.territory_id and x.ancestor_id = any (me.regions || me.departements))
	order by a.sheet_id, h.here desc, a.outcome = 'reussi' desc, a.id
), because as (
	select sheet_id, reason, aloud, weight, position from gain
	union all
	select sheet_id, reason, true, weight::float8, 100 from bond
	union all
	select sheet_id, reason, true, weight, 101 from served
), judged as (
	select p.sheet_id, i.type, b.from_id, i.own_territories && array(select f.id from territory f where f.type = 'pays') as national,
		coalesce((select sum(x.weight) from because x where x.sheet_id = p.sheet_id), 0) + 0.2 * i.evidence
			- case when b.from_id is null and exists (select from me) and not exists (select from served v where v.sheet_id = p.sheet_id) and not i.own_territories && array(select f.id from territory f where f.type = 'pays')
				then 1.5 else 0 end as score
	from pool p join sheet_index i on i.sheet_id = p.sheet_id left join bond b on b.sheet_id = p.sheet_id
), picked as (
	select j.*, row_number() over (order by j.mixed desc, j.score desc, j.sheet_id) as o
	from (select k.*, k.score - 1.5 * (row_number() over (partition by k.type order by k.score desc, k.sheet_id) - 1) as mixed from judged k) j
	order by o limit $3
), road as (
	select t.id, t.code, t.label, t.definition, t.scheme, sum(h.weight)::float8 as score, min(h.position) as position,
		coalesce(string_agg(distinct h.reason, chr(10)) filter (where h.weight > 0 and h.aloud), min(h.reason)) as why, t.position as o
	from hint h join term t on t.id = h.term_id where h.kind in ('parcours', 'pratique') group by t.id having sum(h.weight) > 0
), meeting as (
	(select e.*, es.name as series, 1 as o from event e left join event_series es on es.id = e.series_id
	where e.starts_on >= current_date and e.date_known = 'jour' and e.status not in ('annule', 'reporte')
	order by e.starts_on, e.starts_at nulls last, e.id limit 1)
	union all
	(select e.*, es.name, 2 from event e left join event_series es on es.id = e.series_id
	where e.starts_on < current_date and e.date_known = 'jour' and e.status not in ('annule', 'reporte')
	order by e.replay_url is not null desc, e.starts_on desc, e.id limit 1)
)
select 'fiche' as part, s.id, s.type, s.ref::text as code, s.slug::text as slug, s.title::text as title, s.summary, s.evidence, s.verified_on, null::date as date,
	null::text as hour, null::text as hour_reunion, null::text as mode, null::text as url, f.type as place_type, f.code as place_code,
	f.slug::text as place_slug, f.name::text as place_name, case when f.type in ('commune', 'epci') then up.code when f.type = 'pays' then 'FR' else f.code end as stone,
	p.national, coalesce(
		(select string_agg(r.reason, chr(10) order by r.w desc, r.position) from (select x.reason, max(x.weight) as w, min(x.position) as position from because x
			where x.sheet_id = s.id and x.aloud and x.weight > 0 group by x.reason order by w desc, position limit 4) r),
		(select string_agg(distinct x.reason, chr(10)) from because x where x.sheet_id = s.id and x.weight > 0), '') as why,
	p.score, 1 as o1, p.o as o2
from picked p
join sheet s on s.id = p.sheet_id
left join lateral (select st.territory_id from sheet_territory st join territory t on t.id = st.territory_id where st.sheet_id = s.id
	order by t.id = p.from_id desc nulls last, t.type = 'pays', t.id limit 1) st on true
left join territory f on f.id = st.territory_id
left join territory up on up.id = f.parent_id
union all
(select r.scheme, r.id, null, r.code, k.slug, coalesce(k.title, r.label)::text, coalesce(k.summary, r.definition), null, null, null, null, null, null, null, null, null, null, null, null, null, coalesce(r.why, ''), r.score,
	case r.scheme when 'parcours' then 2 else 3 end, row_number() over (partition by r.scheme order by r.score desc, r.o)
from road r left join lateral (select x.slug, x.title, x.summary from parcours x where r.scheme = 'parcours' and x.term_id = r.id and x.state = 'publiee'
	order by x.id limit 1) k on true)
union all
select case e.o when 1 then 'suivant' else 'dernier' end, e.id, null, e.ref, e.address, e.title, coalesce(e.series, ''), null, null, e.starts_on,
	coalesce(to_char(e.starts_at at time zone e.timezone, 'FMHH24" h "FMMI'), ''), coalesce(to_char(e.starts_at at time zone 'Indian/Reunion', 'FMHH24" h "FMMI'), ''), e.mode,
	coalesce(e.replay_url, e.url, e.source_url, ''), t.type, t.code, t.slug, t.name, null, null, '', null, 4, e.o
from meeting e left join territory t on t.id = e.territory_id
order by o1, o2
