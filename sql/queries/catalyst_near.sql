-- name: catalyst_near
-- purpose: the catalysts nearest to a territory among those whose commune is known, outside those already shown
-- param: territory_id int
-- param: seen int[]
-- param: taille int
-- column: id int
-- column: slug text
-- column: name text
-- column: summary text
-- column: kind text
-- column: national bool
-- column: origin text
-- column: verified_on date
-- column: website text
-- column: seat_code text
-- column: seat_slug text
-- column: seat_name text
-- column: seat_in text
-- column: stone text
-- column: practices text
-- column: source_label text
-- column: source_url text
-- column: distance_km float
-- rows: many
select c.id, c.slug, c.name, c.summary, c.kind, c.national, c.origin, c.verified_on, c.website,
	s.code as seat_code, s.slug as seat_slug, s.name as seat_name, s.name_in as seat_in, s.stone,
	(select string_agg(t.label, ', ' order by t.position) from catalyst_term ct
		cross join lateral (select x.label, x.position from term x where x.id = ct.term_id and x.scheme = 'pratique' limit 1) t
		where ct.catalyst_id = c.id) as practices,
	c.source_label, c.source_url, c.km as distance_km
from (
	select x.*, st_distance(x.point::geography, here.point::geography) / 1000 as km
	from territory here
	cross join lateral (
		select y.* from catalyst y
		where y.point is not null and y.seat_precision = 'commune' and y.state = 'publiee'
		order by y.point::geography <-> here.point::geography
		limit $3 + coalesce(cardinality($2), 0)
	) x
	where here.id = $1 and here.point is not null and ($2::int[] is null or x.id <> all ($2))
	order by km, x.id
	limit $3
) c
cross join lateral ( -- limit: looked up one by one, however many rows the plan expects
	select t.code, t.slug, t.name, t.name_in, up.code as stone from territory t left join territory up on up.id = t.parent_id
	where t.id = c.territory_id limit 1
) s
order by c.km, c.id
