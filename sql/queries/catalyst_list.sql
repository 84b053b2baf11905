-- name: catalyst_list
-- purpose: one page of the catalysts that answer a query, with the counts of the facets, in one round trip. The count of a value
--   is the total of the list with that value in place of its facet's own, the other filters kept. bbox, apres: as in sheet_list;
--   the frame holds seats. With a territory:
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
	select p.*, q.*,
		case when $1::text is not null then search_query($1) end as query,
		case when $1::text is not null then search_typed($1) end as typed,
		(select array_agg(tt.ancestor_id) from territory_tree tt where tt.territory_id = any (q.places)) as around,
		case when $6::float8 is not null and $7::float8 is not null then st_setsrid(st_makepoint($7, $6), 4326)
			else (select t.point from territory t where t.id = q.places[1]) end as here,
		string_to_array($12, ',')::float8[] as frame,
		(select array_agg(d.id) from territory_tree tt join territory d on d.id = tt.ancestor_id
			where tt.territory_id = any (q.places) and d.type in ('departement', 'collectivite')) as departements
	from (
		select array_agg(id) filter (where scheme = 'theme') as theme,
			array_agg(id) filter (where scheme = 'odd') as odd,
			array_agg(id) filter (where scheme = 'pratique') as pratique
		from term where case scheme when 'theme' then code = any ($2) when 'odd' then code = any ($3)
			when 'pratique' then code = any ($4) end
	) p
	cross join (
		select array_agg(t.id order by o) filter (where t.type <> 'pays') as places,
			coalesce(bool_or(t.type = 'pays'), false) as nation
		from unnest($5::text[]) with ordinality w(v, o)
		join territory t on t.type = split_part(w.v, ':', 1) and t.code = split_part(w.v, ':', 2)
	) q
), cand as materialized (
	select c.id, c.point, c.seat_precision, c.national, c.verified_on, c.name, r.rank, cw.terms, cw.areas, cw.wide, cw.seat, cw.listed, f.cover_id,
		case when w.query is not null then search_score(cw.words, w.query, w.typed) else 0 end as score,
		-- one bit for each facet whose own filter leaves the catalyst out
		case when $5::text[] is null or r.rank is not null then 0 else 4 end
			+ case when $2::text[] is null or cw.terms && w.theme then 0 else 8 end
			+ case when $3::text[] is null or cw.terms && w.odd then 0 else 16 end
			+ case when $4::text[] is null or cw.terms && w.pratique then 0 else 32 end as miss
	from want w
	cross join catalyst c
	join catalyst_words cw on cw.catalyst_id = c.id
	left join lateral (
		select tt.depth as rank, tt.ancestor_id as cover_id from territory_tree tt
		where cw.areas && w.around and tt.territory_id = any (w.places) and tt.ancestor_id = any (cw.areas)
		order by tt.depth limit 1
	) f on true
	left join lateral (select coalesce(f.rank, case when cw.wide && w.places then 4 when cw.seat && w.places then 5
		when cw.seat && w.departements then 6 when c.national then 7 end) as rank) r on w.places is not null or w.nation
	where c.state = 'publiee'
		and (w.query is null or cw.words @@ w.query)
		and ($8::float8 is null or w.here is null or st_dwithin(c.point::geography, w.here::geography, $8 * 1000))
		and (w.frame is null or (st_x(c.point) between w.frame[1] and w.frame[3] and st_y(c.point) between w.frame[2] and w.frame[4]))
), place as materialized (
	select t.id, t.type, t.type || ':' || t.code as code, t.name,
		case when t.type = 'departement' then (select u.type || ':' || u.code from territory u where u.id = t.parent_id) end as parent,
		case t.type when 'region' then 1 - t.overseas::int when 'collectivite' then 2 when 'pays' then 3
			when 'departement' then 4 when 'epci' then 5 else 6 end as position,
		array(select tt.ancestor_id from territory_tree tt where tt.territory_id = t.id) as around
	from territory t
	where t.type = any ('{pays,region,collectivite}') or t.id = any ((select places from want)::int[])
		or (t.type = 'departement' and t.parent_id = any ((select around from want)::int[]) and not t.overseas)
), low as materialized ( -- the communes and EPCI asked, and the départements they are in
	select array_agg(distinct p.id) as places, array_agg(p.id) as place, array_agg(d.id) as departement
	from place p join territory d on d.id = any (p.around) and d.type in ('departement', 'collectivite')
	where p.type in ('commune', 'epci')
), reach as (
	-- where those who are not everywhere answer, for the reasons of rank: each once
	select y.place_id, sum(y.n) as n
	from (
		select l.place_id, count(*) as n from cand c cross join lateral unnest(c.listed) l(place_id) where not c.national and c.miss in (0, 4) group by 1
		union all
		select p.id, count(*) from cand c cross join lateral unnest((select places from low)) p(id)
		where not c.national and c.miss in (0, 4) and (p.id = any (c.wide) or p.id = any (c.seat)) group by 1
		union all
		select x.place_id, count(*)
		from (
			select c.id, p.id as place_id -- an area that contains the place
			from (select d.id, d.wide, d.seat, unnest(d.areas) as area from cand d where not d.national and d.miss in (0, 4)) c
			join (select q.id, unnest(q.around) as above from place q) p on p.above = c.area
			where coalesce(p.id <> all (c.wide), true) and coalesce(p.id <> all (c.seat), true)
			union
			select c.id, p.id from cand c cross join lateral unnest((select place from low), (select departement from low)) p(id, departement)
			where p.departement = any (c.seat) and not c.national and c.miss in (0, 4)
				and coalesce(p.id <> all (c.wide), true) and coalesce(p.id <> all (c.seat), true)
		) x
		group by x.place_id
	) y
	group by y.place_id
), facet as (
	select 0 as rank, 'total' as facet, '' as code, '' as label, null as parent, 0 as position, count(*) as n from cand where miss = 0
	union all
	select 3, 'territoire', p.code, p.name, p.parent, p.position,
		case when p.type = 'pays' then 0 else coalesce(r.n, 0) end + (select count(*) from cand where national and miss in (0, 4))
	from place p
	left join reach r on r.place_id = p.id
	union all
	select f.rank, t.scheme, t.code, t.label, null, t.position, coalesce(c.n, 0) + coalesce(o.n, 0)
	from term t
	join (values ('theme', 4, 8), ('odd', 5, 16), ('pratique', 6, 32)) f(scheme, rank, bit) on f.scheme = t.scheme
	left join (select unnest(terms) as id, count(*) as n from cand where miss = 0 group by 1) c on c.id = t.id
	left join (
		select (unnest(terms)::bigint << 10) + miss as k, count(*) as n from cand where miss in (8, 16, 32) group by 1
	) o on o.k = (t.id::bigint << 10) + f.bit
), page as (
	select x.id, x.rank, x.cover_id, x.km, row_number() over () as place from (
		select c.id, c.rank, c.cover_id, d.km
		from cand c
		cross join want w
		left join lateral (
			select st_distance(c.point::geography, w.here::geography) / 1000 as km where c.seat_precision = 'commune'
		) d on true
		where c.miss = 0 and ($13::int is null or c.id > $13)
		order by case when $13::int is not null then c.id end,
			case when $9 = 'proximite' then d.km end nulls last,
			case when $9 in ('recent', 'verifie') then c.verified_on end desc nulls last,
			c.score desc, c.rank nulls last, d.km nulls last, c.name, c.id
		limit $10::int + ($13::int is not null)::int offset case when $13::int is null then $11::int else 0 end
	) x
)
select 'facette' as part, facet, code, label, n::int as n, parent, false as about, null::int as id, null::text as slug, null::text as name,
	null::text as summary, null::text as kind, null::text as precision, null::bool as national, null::text as origin,
	null::date as verified_on, null::text as website, null::text as source_label, null::text as source_url,
	null::text as seat_type, null::text as seat_code, null::text as seat_slug, null::text as seat_name,
	null::text as seat_in, null::text as stone, null::text as departement_in, null::float as lon, null::float as lat,
	null::text as ref, null::text as structure_kind, null::text as practices, null::int as rank, null::text as cover_type, null::text as cover_name,
	null::text as cover_in, null::float as distance_km, rank::bigint as o1, position as o2
from facet
union all
select 'catalyseur', null, null, null, null, null, null, c.id, c.slug, c.name, c.summary, c.kind, c.seat_precision, c.national,
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
