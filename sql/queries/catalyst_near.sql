-- name: catalyst_near
-- purpose: the catalysts nearest to a territory among those whose commune is known, outside those already shown
-- param: territory_id int
-- param: seen int[]
-- param: taille int
-- column: id int
-- column: slug text
-- column: name text
-- column: kind text
-- column: seat_name text
-- column: seat_in text
-- column: stone text
-- column: practices text
-- column: source_label text
-- column: source_url text
-- column: distance_km float
-- rows: many
select c.id, c.slug, c.name, c.kind, s.name as seat_name, s.name_in as seat_in, up.code as stone,
	(select string_agg(t.label, ', ' order by t.position) from catalyst_term ct join term t on t.id = ct.term_id
		where ct.catalyst_id = c.id and t.scheme = 'pratique') as practices,
	c.source_label, c.source_url, st_distance(c.point::geography, here.point::geography) / 1000 as distance_km
from territory here
join catalyst c on c.point is not null and c.seat_precision = 'commune' and c.state = 'publiee'
join territory s on s.id = c.territory_id
left join territory up on up.id = s.parent_id
where here.id = $1 and here.point is not null and ($2::int[] is null or c.id <> all ($2))
order by st_distance(c.point::geography, here.point::geography), c.id
limit $3
