-- name: sheet_list
-- purpose: one page of the sheets that answer a query, with the counts of every facet, in one round trip; a facet's counts
--   ignore its own filter and follow all the others; the first part of the answer is the facets, then the sheets
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
-- column: part text
-- column: facet text
-- column: code text
-- column: label text
-- column: n int
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
with want as materialized (
	select
		(select array_agg(id) from term where scheme = 'theme' and code = any ($3)) as theme,
		(select array_agg(id) from term where scheme = 'odd' and code = any ($4)) as odd,
		(select array_agg(id) from term where scheme = 'pratique' and code = any ($5)) as pratique,
		(select array_agg(id) from term where scheme = 'parcours' and code = any ($6)) as parcours,
		(select array_agg(id) from term where scheme = 'profil' and code = any ($7)) as profil,
		(select array_agg(id) from term where scheme = 'dispositif' and code = any ($9)) as dispositif,
		(select coalesce(array_agg(t.id), '{}') from unnest($11::text[]) w join territory t
			on t.type = split_part(w, ':', 1) and t.code = split_part(w, ':', 2) where t.type <> 'pays') as inside,
		coalesce('pays:FR' = any ($11), false) as nation,
		(select id from territory where type = 'pays') as nation_id,
		case when $1::text is not null then search_query($1) end as query,
		case when $15::float8 is not null and $16::float8 is not null
			then st_setsrid(st_makepoint($16, $15), 4326)
			else (select t.point from unnest($11::text[]) with ordinality w(v, o) join territory t
				on t.type = split_part(w.v, ':', 1) and t.code = split_part(w.v, ':', 2)
				where t.type <> 'pays' order by o limit 1) end as here
), flag as materialized (
	select i.sheet_id, i.type, i.evidence, i.terms, i.territories, i.own_territories, i.verified_on, s.modified_at,
		case when w.query is not null then search_score(i.words, w.query) else 0 end as score,
		i.own_territories @> array[w.nation_id] as national,
		i.territories && w.inside as here,
		x.type as not_type, x.theme as not_theme, x.odd as not_odd, x.pratique as not_pratique,
		x.territoire as not_territoire, x.preuve as not_preuve, x.parcours as not_parcours, x.profil as not_profil,
		x.type + x.theme + x.odd + x.pratique + x.territoire + x.preuve + x.parcours + x.profil as fails
	from sheet_index i
	join sheet s on s.id = i.sheet_id
	cross join want w
	cross join lateral (select
		(not coalesce($2::text[] is null or i.type = any ($2), false))::int as type,
		(not coalesce($3::text[] is null or i.terms && w.theme, false))::int as theme,
		(not coalesce($4::text[] is null or i.terms && w.odd, false))::int as odd,
		(not coalesce($5::text[] is null or i.terms && w.pratique, false))::int as pratique,
		(not coalesce($6::text[] is null or i.terms && w.parcours, false))::int as parcours,
		(not coalesce($7::text[] is null or i.terms && w.profil, false))::int as profil,
		(not coalesce($11::text[] is null or i.territories && w.inside
			or (w.nation and i.own_territories @> array[w.nation_id]), false))::int as territoire,
		(not coalesce($12::int[] is null or i.evidence = any ($12), false))::int as preuve
	) x
	where (w.query is null or i.words @@ w.query)
		and ($8::int[] is null or exists (select from unnest($8) m where m between s.maturity_min and s.maturity_max))
		and ($9::text[] is null or coalesce(i.terms && w.dispositif, false))
		and ($10::text[] is null or exists (select from espace_sheet es join espace e on e.id = es.espace_id
			where es.sheet_id = i.sheet_id and e.code = any ($10)))
		and ($13::date is null or i.verified_on >= $13)
		and ($14::date is null or s.modified_at >= $14)
		and ($17::float8 is null or $15::float8 is null or $16::float8 is null or exists (
			select from sheet_territory st join territory t on t.id = st.territory_id
			where st.sheet_id = i.sheet_id and t.type <> 'pays'
				and st_dwithin(t.point::geography, w.here::geography, $17 * 1000)))
), facet as (
	select 0 as rank, 'total' as facet, '' as code, '' as label, 0 as position, count(*) as n from flag where fails = 0
	union all
	select 1, 'type', type, '', 0, count(*) from flag where fails = not_type group by type
	union all
	select 2, 'preuve', evidence::text, '', 0, count(*) from flag where fails = not_preuve group by evidence
	union all
	select 3, 'territoire', t.type || ':' || t.code, t.name, case when t.type = 'pays' then 2 else 1 - t.overseas::int end, c.n
	from territory t
	join (
		select x.id, count(*) as n from (
			select unnest(case when f.national then array[w.nation_id] else '{}'::int[] end
				|| array(select u from unnest(f.territories) u where u <> w.nation_id)) as id
			from flag f cross join want w where f.fails = f.not_territoire
		) x group by x.id
	) c on c.id = t.id
	where t.type in ('pays', 'region') or t.id = any ((select inside from want)::int[])
	union all
	select 3, 'territoire', t.type || ':' || t.code, t.name, 1 - t.overseas::int, 0
	from territory t
	where t.id = any ((select inside from want)::int[])
		and not exists (select from flag f where f.fails = f.not_territoire and f.territories @> array[t.id])
	union all
	select 4, t.scheme, t.code, t.label, t.position, coalesce(case t.scheme when 'theme' then c.theme when 'odd' then c.odd
		when 'pratique' then c.pratique when 'parcours' then c.parcours when 'profil' then c.profil end, 0)
	from term t
	left join (
		select u.id, count(*) filter (where f.fails = f.not_theme) as theme, count(*) filter (where f.fails = f.not_odd) as odd,
			count(*) filter (where f.fails = f.not_pratique) as pratique,
			count(*) filter (where f.fails = f.not_parcours) as parcours,
			count(*) filter (where f.fails = f.not_profil) as profil
		from flag f cross join lateral unnest(f.terms) u(id)
		group by u.id
	) c on c.id = t.id
	where t.scheme in ('theme', 'odd', 'pratique', 'parcours', 'profil')
), page as (
	select f.*, d.km, row_number() over (order by
			case when $18 = 'proximite' then d.km end nulls last,
			case when $18 = 'recent' then f.modified_at end desc nulls last,
			case when $18 = 'verifie' then f.verified_on end desc nulls last,
			f.here desc, f.score desc, f.evidence desc, f.verified_on desc nulls last, f.sheet_id) as rank
	from flag f
	cross join want w
	left join lateral (
		select min(st_distance(t.point::geography, w.here::geography)) / 1000 as km
		from sheet_territory st join territory t on t.id = st.territory_id
		where st.sheet_id = f.sheet_id and t.type <> 'pays' and w.here is not null
			and ($18 = 'proximite' or $17::float8 is not null)
	) d on true
	where f.fails = 0
	order by rank
	limit $19 offset $20
)
select 'facette' as part, facet, code, label, n::int as n, null::int as id, null::text as type, null::text as slug,
	null::text as title, null::text as summary, null::smallint as evidence, null::text as origin, null::int as version,
	null::date as verified_on, null::text as created_at, null::text as modified_at, null::text as licence,
	null::text as language, null::bool as here, null::text as place_type, null::text as place_code,
	null::text as place_slug, null::text as place_name, null::text as stone, null::float8 as lon, null::float8 as lat,
	null::text as ref, null::text as source_label, null::text as source_url, null::bool as national,
	null::float8 as distance_km, rank::bigint as o1, position as o2
from facet
union all
select 'fiche', null, null, null, null, s.id, s.type, s.slug, s.title, s.summary, s.evidence, s.origin, s.version,
	s.verified_on, to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
	to_char(s.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), s.licence, s.language, p.here,
	l.type, l.code, l.slug, l.name, l.stone, st_x(l.point), st_y(l.point), s.ref, s.source_label, s.source_url, p.national, p.km, 1000 + p.rank, 0
from page p
join sheet s on s.id = p.sheet_id
left join lateral (
	select t.type, t.code, t.slug, t.name, case when t.type <> 'pays' then t.point end as point,
		case when t.type = 'pays' then 'FR' when t.type in ('commune', 'epci') then up.code else t.code end as stone
	from sheet_territory st
	join territory t on t.id = st.territory_id
	left join territory up on up.id = t.parent_id
	where st.sheet_id = s.id
	order by (t.type = 'pays'), exists (select from territory_tree tt where tt.territory_id = t.id
		and tt.ancestor_id = any ((select inside from want)::int[])) desc, t.id
	limit 1
) l on true
order by o1, o2, n desc nulls last, code
