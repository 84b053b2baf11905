-- name: catalyst_find
-- purpose: one catalyst by its number, with its seat
-- param: id int
-- column: id int
-- column: ref text
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
-- column: structure text
-- column: structure_kind text
-- column: structure_id int
-- column: reach text
-- column: held bool
-- column: seat_id int
-- column: seat_type text
-- column: seat_code text
-- column: seat_slug text
-- column: seat_name text
-- column: seat_in text
-- column: stone text
-- column: departement_name text
-- column: departement_code text
-- column: departement_slug text
-- column: lon float
-- column: lat float
-- column: practices text
-- rows: maybe
select c.id, c.ref, c.slug, c.name, c.summary, c.kind, c.seat_precision as precision, c.national, c.origin, c.verified_on,
	c.website, c.source_label, c.source_url, st.name as structure, st.kind as structure_kind, c.structure_id, h.reach, h.held, s.id as seat_id, s.type as seat_type, s.code as seat_code,
	s.slug as seat_slug, s.name as seat_name, s.name_in as seat_in,
	case when s.type = 'commune' then up.code else s.code end as stone,
	up.name as departement_name, up.code as departement_code, up.slug as departement_slug,
	st_x(c.point) as lon, st_y(c.point) as lat,
	(select string_agg(t.label, ', ' order by t.position) from catalyst_term ct join term t on t.id = ct.term_id
		where ct.catalyst_id = c.id and t.scheme = 'pratique') as practices
from catalyst c
left join structure st on st.id = c.structure_id
left join catalyst_reach h on h.catalyst_id = c.id
left join territory s on s.id = c.territory_id
left join territory up on up.id = s.parent_id
where c.id = $1 and c.state = 'publiee'
