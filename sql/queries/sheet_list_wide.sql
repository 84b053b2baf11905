-- name: sheet_list_wide
-- purpose: what sheet_list answers, same parameters, columns and order, for a base of more than 5,000 sheets; what is counted
--   on a sample says so (about), and is "some" when n is 0 besides. docs/design/echelle.md
-- param: q text
-- param: types text[]
-- param: themes text[]
-- param: odds text[]
-- param: pratiques text[]
-- param: parcours text[]
-- param: profils text[]
-- param: maturites int[]
-- param: dispositifs text[]
-- param: espaces text[]
-- param: territoires text[]
-- param: preuves int[]
-- param: verifie_depuis date
-- param: modifie_depuis date
-- param: lat float
-- param: lon float
-- param: rayon_km float
-- param: tri text
-- param: taille int
-- param: debut int
-- param: bbox text
-- param: apres int
-- column: part text
-- column: facet text
-- column: code text
-- column: label text
-- column: n int
-- column: parent text
-- column: about bool
-- column: id int
-- column: type text
-- column: slug text
-- column: title text
-- column: summary text
-- column: evidence smallint
-- column: origin text
-- column: version int
-- column: verified_on date
-- column: created_at text
-- column: modified_at text
-- column: licence text
-- column: language text
-- column: here bool
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: stone text
-- column: lon float
-- column: lat float
-- column: ref text
-- column: source_label text
-- column: source_url text
-- column: national bool
-- column: distance_km float
-- column: o1 bigint
-- column: o2 int
-- rows: many
with found as materialized (
	select * from sheet_wide($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
), place as materialized (
	select coalesce(array_agg(t.id order by o) filter (where t.type <> 'pays'), '{}') as inside,
		(select id from territory where type = 'pays') as nation_id,
		(select array_agg(1000000 + tt.ancestor_id) from unnest($11::text[]) v join territory x on x.type = split_part(v, ':', 1)
			and x.code = split_part(v, ':', 2) and x.type <> 'pays' join territory_tree tt on tt.territory_id = x.id) as around,
		case when $15::float8 is not null and $16::float8 is not null then st_setsrid(st_makepoint($16, $15), 4326)
			else (array_agg(t.point order by o) filter (where t.type <> 'pays'))[1] end as here
	from unnest($11::text[]) with ordinality w(v, o)
	join territory t on t.type = split_part(w.v, ':', 1) and t.code = split_part(w.v, ':', 2)
)
select 'facette' as part, v.facet, v.code, v.label::text, f.n, v.parent, f.about, null::int as id, null::text as type,
	null::text as slug, null::text as title, null::text as summary, null::smallint as evidence, null::text as origin,
	null::int as version, null::date as verified_on, null::text as created_at, null::text as modified_at, null::text as licence,
	null::text as language, null::bool as here, null::text as place_type, null::text as place_code,
	null::text as place_slug, null::text as place_name, null::text as stone, null::float8 as lon, null::float8 as lat,
	null::text as ref, null::text as source_label, null::text as source_url, null::bool as national,
	null::float8 as distance_km, v.grp::bigint as o1, v.position as o2
from found f
join (
	select l.value, l.grp, l.facet, l.code, l.label::text, l.position,
		case when l.level = 'departement' then u.code end as parent
	from sheet_value l left join sheet_value u on u.value = l.parent
	where l.level <> 'departement' or l.value = any (array(select 1000000 + u from place, unnest(inside) u))
		or (not l.overseas and l.parent = any ((select around from place)::int[]))
	union all
	select 0, 0, 'total', '', '', 0, null
) v on v.value = f.value
where f.part = 0
union all
select 'facette', 'territoire', t.type || ':' || t.code, t.name, f.n, null, f.about, null, null, null, null, null, null, null, null, null,
	null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 3,
	case t.type when 'epci' then 5 else 6 end
from found f join territory t on t.id = f.value - 1000000
where f.part = 2
union all
select 'fiche', null, null, null, null, null, null, s.id, s.type, s.slug, s.title, s.summary, s.evidence, s.origin, s.version,
	s.verified_on, to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
	to_char(s.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), s.licence, s.language, s.here,
	l.type, l.code, l.slug, l.name, l.stone, st_x(l.point), st_y(l.point), s.ref, s.source_label, s.source_url, s.national, d.km,
	1000 + f.rank, 0
from found f
cross join lateral (
	select x.*, i.territories && (select inside from place) as here, i.own_territories @> array[(select nation_id from place)] as national
	from sheet x join sheet_index i on i.sheet_id = x.id where x.id = f.sheet_id limit 1
) s
left join lateral (
	select t.type, t.code, t.slug, t.name, case when t.type <> 'pays' then t.point end as point,
		case when t.type = 'pays' then 'FR' when t.type in ('commune', 'epci') then up.code else t.code end as stone
	from sheet_territory st
	join territory t on t.id = st.territory_id
	left join territory up on up.id = t.parent_id
	where st.sheet_id = s.id
	order by (t.type = 'pays'), exists (select from territory_tree tt where tt.territory_id = t.id
		and tt.ancestor_id = any ((select inside from place)::int[])) desc, t.id
	limit 1
) l on true
left join lateral (
	select min(st_distance(t.point::geography, (select here from place)::geography)) / 1000 as km
	from sheet_territory st join territory t on t.id = st.territory_id
	where st.sheet_id = s.id and t.type <> 'pays' and ($18 = 'proximite' or $17::float8 is not null)
) d on true
where f.part = 1
order by o1, o2, n desc nulls last, code
