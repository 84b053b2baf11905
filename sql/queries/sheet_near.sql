-- name: sheet_near
-- purpose: the sheets nearest to a territory by the places they name, two of one place at most; each with the place that is near
-- param: territory_id int
-- param: taille int
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
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: place_of text
-- column: stone text
-- column: lon float
-- column: lat float
-- column: ref text
-- column: source_label text
-- column: source_url text
-- column: national bool
-- column: distance_km float
-- rows: many
select s.id, s.type, s.slug, s.title, s.summary, s.evidence, s.origin, s.version, s.verified_on,
	to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
	to_char(s.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at, s.licence, s.language,
	l.type as place_type, l.code as place_code, l.slug as place_slug, l.name as place_name, l.name_of as place_of, l.stone,
	st_x(n.point) as lon, st_y(n.point) as lat, s.ref, s.source_label, s.source_url, n.national, n.km as distance_km
from (
	select distinct on (x.sheet_id) x.*, st_distance(x.point::geography, here.point::geography) / 1000 as km
	from territory here
	cross join lateral (
		select p.territory_id, p.point, o.sheet_id, o.national
		from sheet_place p
		cross join lateral (
			select i.sheet_id, i.own_territories @> array[(select id from territory where type = 'pays')] as national
			from sheet_index i where i.own_territories @> array[p.territory_id]
			order by i.evidence desc, i.sheet_id limit 2
		) o
		order by p.point::geography <-> here.point::geography
		limit $2 * 2 -- a sheet may name several places
	) x
	where here.id = $1 and here.point is not null
	order by x.sheet_id, km
) n
join sheet s on s.id = n.sheet_id
cross join lateral ( -- limit: looked up one by one, however many rows the plan expects
	select t.type, t.code, t.slug, t.name, t.name_of, case when t.type in ('commune', 'epci') then up.code else t.code end as stone
	from territory t left join territory up on up.id = t.parent_id where t.id = n.territory_id limit 1
) l
order by n.km, s.id
limit $2
