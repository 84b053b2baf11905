-- name: sheet_list
-- purpose: one page of the sheets that answer a query, with the counts of every facet, in one round trip: first the facets, then
--   the sheets. The count of a value is the total of the list with that value in place of its facet's own, the other filters
--   kept. bbox: "minlon,minlat,maxlon,maxlat". apres: walks by id from after that one, one row more than taille; tri and debut
--   are then without effect. Order and diversity: docs/design/classement.md
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
with want as materialized (
	select p.*, q.*, r.*,
		case when $1::text is not null then search_query($1) end as query,
		case when $1::text is not null then search_typed($1) end as typed,
		(select array_agg(tt.ancestor_id) from territory_tree tt where tt.territory_id = any (q.inside)) as around,
		case when $15::float8 is not null and $16::float8 is not null
			then st_setsrid(st_makepoint($16, $15), 4326)
			else (select t.point from territory t where t.id = q.inside[1]) end as here,
		string_to_array($21, ',')::float8[] as frame
	from (
		select array_agg(id) filter (where scheme = 'theme' and code = any ($3)) as theme,
			array_agg(id) filter (where scheme = 'odd' and code = any ($4)) as odd,
			array_agg(id) filter (where scheme = 'pratique' and code = any ($5)) as pratique,
			array_agg(id) filter (where scheme = 'parcours' and code = any ($6)) as parcours,
			array_agg(id) filter (where scheme = 'profil' and code = any ($7)) as profil,
			array_agg(id) filter (where scheme = 'dispositif' and code = any ($9)) as dispositif,
			(select array_agg(4000000 + e.id) from espace e where e.code = any ($10)) as espace
		from term where case scheme when 'theme' then code = any ($3) when 'odd' then code = any ($4)
			when 'pratique' then code = any ($5) when 'parcours' then code = any ($6) when 'profil' then code = any ($7)
			when 'dispositif' then code = any ($9) end
	) p
	cross join (
		select coalesce(array_agg(t.id order by o) filter (where t.type <> 'pays'), '{}') as inside,
			coalesce(bool_or(t.type = 'pays'), false) as nation,
			(select id from territory where type = 'pays') as nation_id
		from unnest($11::text[]) with ordinality w(v, o)
		join territory t on t.type = split_part(w.v, ':', 1) and t.code = split_part(w.v, ':', 2)
	) q
	cross join (
		-- of most of the words, or of any, what has all of them comes first
		select s.parts, case when cardinality(s.parts) > 5 then search_any(s.parts) end as part,
			case when s.parts is not null then search_query(regexp_replace(regexp_replace($1, '^\s*~', ''), '\s(ou|or)\s', ' ', 'gi')) end as whole
		from (select search_parts($1) as parts offset 0) s
	) r
), flag as materialized (
	select i.sheet_id, i.evidence, i.vals, i.verified_on, s.modified_at, s.structure_id,
		case when w.query is null then 0 when w.parts is null then search_score(i.words, w.query, w.typed)
			when i.words @@ w.whole then 100 + search_score(i.words, w.whole, w.typed)
			else search_score(i.words, coalesce(w.part, w.query), w.parts) end as score,
		i.own_territories @> array[w.nation_id] as national,
		i.territories && w.inside as here,
		i.own_territories && w.around as above,
		-- one bit for each facet whose own filter leaves the sheet out
		case when $2::text[] is null or i.type = any ($2) then 0 else 1 end
			+ case when $12::int[] is null or i.evidence = any ($12) then 0 else 2 end
			+ case when $11::text[] is null or i.territories && w.inside
				or (w.nation and i.own_territories @> array[w.nation_id]) then 0 else 4 end
			+ case when $3::text[] is null or i.terms && w.theme then 0 else 8 end
			+ case when $4::text[] is null or i.terms && w.odd then 0 else 16 end
			+ case when $5::text[] is null or i.terms && w.pratique then 0 else 32 end
			+ case when $6::text[] is null or i.terms && w.parcours then 0 else 64 end
			+ case when $7::text[] is null or i.terms && w.profil then 0 else 128 end
			+ case when $9::text[] is null or i.terms && w.dispositif then 0 else 256 end
			+ case when $8::int[] is null or exists (select from unnest($8) m where m between s.maturity_min and s.maturity_max)
				then 0 else 512 end
			+ case when $10::text[] is null or i.vals && w.espace then 0 else 1024 end as miss
	from sheet_index i
	join sheet s on s.id = i.sheet_id
	cross join want w
	where (w.query is null or i.words @@ w.query)
		and ($13::date is null or i.verified_on >= $13)
		and ($14::date is null or s.modified_at >= $14)
		and ($17::float8 is null or w.here is null or exists (
			select from sheet_territory st join territory t on t.id = st.territory_id
			where st.sheet_id = i.sheet_id and t.type <> 'pays'
				and st_dwithin(t.point::geography, w.here::geography, $17 * 1000)))
		and (w.frame is null or exists (
			select from sheet_territory st join territory t on t.id = st.territory_id
			where st.sheet_id = i.sheet_id and t.type <> 'pays'
				and st_x(t.point) between w.frame[1] and w.frame[3] and st_y(t.point) between w.frame[2] and w.frame[4]))
), counts as materialized (
	-- a value (numbered as in sheet_values()) and the facet missed
	select (x.v::bigint << 11) + x.miss as k, count(*) as n
	from (
		select unnest(vals) as v, miss from flag where miss & (miss - 1) = 0
	) x
	group by 1
), listed as (
	select 1 as rank, 1 as bit, 'type' as facet, 2000000 + o::int as v, c as code, '' as label, null::text as parent, o::int as position
	from unnest(array['methode', 'exemple', 'donnee', 'outil', 'competence']) with ordinality x(c, o)
	union all
	select 2, 2, 'preuve', 2000010 + e, e::text, '', null, 4 - e from generate_series(0, 4) e
	union all
	select 3, 4, 'territoire', case t.type when 'pays' then 3000000 else 1000000 end + t.id, t.type || ':' || t.code, t.name,
		case when t.type = 'departement' then (select u.type || ':' || u.code from territory u where u.id = t.parent_id) end,
		case t.type when 'region' then 1 - t.overseas::int when 'collectivite' then 2 when 'pays' then 3
			when 'departement' then 4 when 'epci' then 5 else 6 end
	from territory t
	where t.type = any ('{pays,region,collectivite}') or t.id = any ((select inside from want)::int[])
		or (t.type = 'departement' and t.parent_id = any ((select around from want)::int[]) and not t.overseas)
	union all
	select f.rank, f.bit, t.scheme, case f.rank when 10 then 2000030 + t.code::int else t.id end, t.code, t.label, null, t.position
	from term t
	join (values ('theme', 4, 8), ('odd', 5, 16), ('pratique', 6, 32), ('parcours', 7, 64), ('profil', 8, 128),
		('dispositif', 9, 256), ('maturite', 10, 512)) f(scheme, rank, bit) on f.scheme = t.scheme
	union all
	select 11, 1024, 'espace', 4000000 + e.id, e.code, e.name, null, e.position from espace e
), facet as (
	select 0 as rank, 'total' as facet, '' as code, '' as label, null as parent, 0 as position, count(*) as n from flag where miss = 0
	union all
	select l.rank, l.facet, l.code, l.label, l.parent, l.position, coalesce(c.n, 0) + coalesce(o.n, 0)
	from listed l
	left join counts c on c.k = l.v::bigint << 11
	left join counts o on o.k = (l.v::bigint << 11) + l.bit
), ranked as (
	select f.*, d.km, row_number() over (order by
			case when $22::int is not null then f.sheet_id end,
			case when $18 = 'proximite' then d.km end nulls last,
			case when $18 = 'recent' then f.modified_at end desc nulls last,
			case when $18 = 'verifie' then f.verified_on end desc nulls last,
			f.score desc, f.here desc, f.above desc, f.evidence desc, f.verified_on desc nulls last, f.sheet_id) as r
	from flag f
	cross join want w
	left join lateral (
		select min(st_distance(t.point::geography, w.here::geography)) / 1000 as km
		from sheet_territory st join territory t on t.id = st.territory_id
		where st.sheet_id = f.sheet_id and t.type <> 'pays' and w.here is not null
			and ($18 = 'proximite' or $17::float8 is not null)
	) d on true
	where f.miss = 0 and ($22::int is null or f.sheet_id > $22)
), spread as (
	-- at most three of one structure among the first ten: the fourth and the next ones wait for the eleventh place
	select x.*, sum(x.ahead) over (order by x.r) as aheads
	from (
		select k.*, case when $18 = 'pertinence' and $22::int is null and k.structure_id is not null
			and row_number() over (partition by k.structure_id order by k.r) > 3 then 0 else 1 end as ahead
		from ranked k
	) x
), page as (
	select x.sheet_id, x.here, x.national, x.km, x.r + case when x.ahead = 1 and x.aheads <= 10 then 1000 else 1000000000 end as place
	from spread x
	order by place
	limit $19::int + ($22::int is not null)::int offset case when $22::int is null then $20::int else 0 end
)
select 'facette' as part, facet, code, label, n::int as n, parent, false as about, null::int as id, null::text as type,
	null::text as slug, null::text as title, null::text as summary, null::smallint as evidence, null::text as origin,
	null::int as version, null::date as verified_on, null::text as created_at, null::text as modified_at, null::text as licence,
	null::text as language, null::bool as here, null::text as place_type, null::text as place_code,
	null::text as place_slug, null::text as place_name, null::text as stone, null::float8 as lon, null::float8 as lat,
	null::text as ref, null::text as source_label, null::text as source_url, null::bool as national,
	null::float8 as distance_km, rank::bigint as o1, position as o2
from facet
union all
select 'fiche', null, null, null, null, null, null, s.id, s.type, s.slug, s.title, s.summary, s.evidence, s.origin, s.version,
	s.verified_on, to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
	to_char(s.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), s.licence, s.language, p.here,
	l.type, l.code, l.slug, l.name, l.stone, st_x(l.point), st_y(l.point), s.ref, s.source_label, s.source_url, p.national, p.km,
	p.place, 0
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
