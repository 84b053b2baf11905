-- name: catalyst_list
-- purpose: one page of the catalysts that answer a query, with the counts of the facets, in one round trip. With a territory:
--   those whose area covers it first (the finest area first), then those seated there, then those of the same département,
--   then those who work everywhere; within a rank by distance. rank: 0..3 area covers (commune, EPCI, département, région),
--   4 area inside, 5 seat inside, 6 same département, 7 national, 9 no territory asked
-- param: q text
-- param: themes text[]
-- param: odds text[]
-- param: pratiques text[]
-- param: territoires text[]
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
-- column: slug text
-- column: name text
-- column: summary text
-- column: kind text
-- column: precision text
-- column: national bool
-- column: origin text
-- column: verified_on date
-- column: website text
-- column: source_label text
-- column: source_url text
-- column: seat_type text
-- column: seat_code text
-- column: seat_slug text
-- column: seat_name text
-- column: seat_in text
-- column: stone text
-- column: departement_in text
-- column: lon float
-- column: lat float
-- column: ref text
-- column: structure_kind text
-- column: practices text
-- column: rank int
-- column: cover_type text
-- column: cover_name text
-- column: cover_in text
-- column: distance_km float
-- column: o1 bigint
-- column: o2 int
-- rows: many
with want as materialized (
	select
		(select array_agg(id) from term where scheme = 'theme' and code = any ($2)) as theme,
		(select array_agg(id) from term where scheme = 'odd' and code = any ($3)) as odd,
		(select array_agg(id) from term where scheme = 'pratique' and code = any ($4)) as pratique,
		(select array_agg(t.id order by o) from unnest($5::text[]) with ordinality w(v, o) join territory t
			on t.type = split_part(v, ':', 1) and t.code = split_part(v, ':', 2)) as places,
		case when $1::text is not null then search_query($1) end as query,
		case when $6::float is not null and $7::float is not null then st_setsrid(st_makepoint($7, $6), 4326)
			else (select t.point from unnest($5::text[]) with ordinality w(v, o) join territory t
				on t.type = split_part(v, ':', 1) and t.code = split_part(v, ':', 2) order by o limit 1) end as here
), cand as materialized (
	select c.id, c.point, c.seat_precision, c.national, c.territory_id, r.rank, r.cover_id,
		coalesce(tm.ids, '{}') as terms, w.here,
		(not coalesce($2::text[] is null or tm.ids && w.theme, false))::int as not_theme,
		(not coalesce($3::text[] is null or tm.ids && w.odd, false))::int as not_odd,
		(not coalesce($4::text[] is null or tm.ids && w.pratique, false))::int as not_pratique,
		($5::text[] is not null and r.rank is null)::int as not_territoire
	from catalyst c
	cross join want w
	left join lateral (select array_agg(ct.term_id) as ids from catalyst_term ct where ct.catalyst_id = c.id) tm on true
	left join lateral (
		select x.rank, x.cover_id from (
			select tt.depth::int as rank, a.territory_id as cover_id
			from catalyst_area a join territory_tree tt on tt.ancestor_id = a.territory_id and tt.territory_id = any (w.places)
			join territory t on t.id = tt.territory_id
			where a.catalyst_id = c.id
			union all
			select 4, a.territory_id
			from catalyst_area a join territory_tree tt on tt.territory_id = a.territory_id and tt.ancestor_id = any (w.places)
			where a.catalyst_id = c.id and tt.depth > 0
			union all
			select 5, null from territory_tree tt where tt.territory_id = c.territory_id and tt.ancestor_id = any (w.places)
			union all
			select 6, null
			from territory_tree mine join territory_tree seat on seat.ancestor_id = mine.ancestor_id
			join territory d on d.id = mine.ancestor_id and d.type in ('departement', 'collectivite')
			where mine.territory_id = any (w.places) and seat.territory_id = c.territory_id
			union all
			select 7, null where c.national
		) x order by x.rank limit 1
	) r on w.places is not null
	where c.state = 'publiee'
		and (w.query is null or c.id in (select cw.catalyst_id from catalyst_words cw where cw.words @@ w.query))
		and ($8::float is null or $6::float is null or $7::float is null
			or st_dwithin(c.point::geography, w.here::geography, $8 * 1000))
), facet as (
	select 0 as rank, 'total' as facet, '' as code, '' as label, 0 as position, count(*) as n from cand
	where not_theme + not_odd + not_pratique + not_territoire = 0
	union all
	select 3, 'territoire', t.type || ':' || t.code, t.name, 1 - t.overseas::int, c.n
	from territory t
	join (
		select tt.ancestor_id as id, count(*) as n from cand join territory_tree tt on tt.territory_id = cand.territory_id
		where not_theme + not_odd + not_pratique = 0 group by tt.ancestor_id
	) c on c.id = t.id
	where t.type = 'region'
	union all
	select 4, t.scheme, t.code, t.label, t.position, coalesce(c.n, 0)
	from term t
	left join (
		select u.id, count(*) as n from cand f cross join lateral unnest(f.terms) u(id) join term tt on tt.id = u.id
		where f.not_theme + f.not_odd + f.not_pratique + f.not_territoire
			= case tt.scheme when 'theme' then f.not_theme when 'odd' then f.not_odd when 'pratique' then f.not_pratique end
		group by u.id
	) c on c.id = t.id
	where t.scheme in ('theme', 'odd', 'pratique')
), page as (
	select c.*, d.km, row_number() over (order by
			case when $9 = 'proximite' then d.km end nulls last,
			c.rank nulls last, d.km nulls last, n.name) as place
	from cand c
	join catalyst n on n.id = c.id
	left join lateral (
		select st_distance(c.point::geography, c.here::geography) / 1000 as km where c.seat_precision = 'commune'
	) d on true
	where c.not_theme + c.not_odd + c.not_pratique + c.not_territoire = 0
	order by place
	limit $10 offset $11
)
select 'facette' as part, facet, code, label, n::int as n, null::int as id, null::text as slug, null::text as name,
	null::text as summary, null::text as kind, null::text as precision, null::bool as national, null::text as origin,
	null::date as verified_on, null::text as website, null::text as source_label, null::text as source_url,
	null::text as seat_type, null::text as seat_code, null::text as seat_slug, null::text as seat_name,
	null::text as seat_in, null::text as stone, null::text as departement_in, null::float as lon, null::float as lat,
	null::text as ref, null::text as structure_kind, null::text as practices, null::int as rank, null::text as cover_type, null::text as cover_name,
	null::text as cover_in, null::float as distance_km, rank::bigint as o1, position as o2
from facet
union all
select 'catalyseur', null, null, null, null, c.id, c.slug, c.name, c.summary, c.kind, c.seat_precision, c.national,
	c.origin, c.verified_on, c.website, c.source_label, c.source_url, s.type, s.code, s.slug, s.name, s.name_in,
	case when s.type = 'commune' then up.code else s.code end, up.name_in, st_x(c.point), st_y(c.point),
	c.ref, st.kind, (select string_agg(t.label, ', ' order by t.position) from catalyst_term ct join term t on t.id = ct.term_id
		where ct.catalyst_id = c.id and t.scheme = 'pratique'),
	coalesce(p.rank, 9), v.type, v.name, v.name_in, p.km, 1000 + p.place, 0
from page p
join catalyst c on c.id = p.id
left join territory s on s.id = c.territory_id
left join territory up on up.id = s.parent_id
left join structure st on st.id = c.structure_id
left join territory v on v.id = p.cover_id
order by o1, o2, n desc nulls last, code
