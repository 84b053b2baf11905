-- name: map_ground
-- purpose: the sheet of paper for some places: the finest département or région that holds them all, in a square of 1000 by 1000,
--   with its départements and, around, those of its neighbours; no row when only the nation holds them. Lambert-93, or the UTM
--   zone of an overseas territory. Of a point: x = (X - x0) * scale, y = (y1 - Y) * scale, in the system srid
-- param: territoires text[]
-- column: scope_type text
-- column: scope_code text
-- column: scope_slug text
-- column: scope_name text
-- column: scope_in text
-- column: stone text
-- column: srid int
-- column: x0 float
-- column: y1 float
-- column: scale float
-- column: type text
-- column: code text
-- column: name text
-- column: own bool
-- column: tint int
-- column: path text
-- column: x float
-- column: y float
-- rows: many
with place as materialized (
	select t.id from unnest($1::text[]) w join territory t on t.type = split_part(w, ':', 1) and t.code = split_part(w, ':', 2)
	where t.type <> 'pays'
), scope as materialized (
	select a.id, a.type, a.code, a.slug, a.name, a.name_in, a.overseas, a.outline, a.point
	from place p join territory_tree tt on tt.territory_id = p.id join territory a on a.id = tt.ancestor_id
	where a.type in ('departement', 'collectivite', 'region') and a.outline is not null
	group by a.id
	having count(*) = (select count(*) from place)
	-- An overseas région is its only département: the département's code is the one everyone knows.
	order by a.type = 'region', a.id
	limit 1
), land as materialized (
	select s.*, coalesce(d.type, s.type) as land_type, coalesce(d.code, s.code) as stone,
		case when s.overseas then case when st_y(s.point) < 0 then 32700 else 32600 end + floor((st_x(s.point) + 180) / 6)::int + 1
			else 2154 end as srid
	from scope s
	left join territory d on s.type = 'region' and s.overseas and d.parent_id = s.id and d.type = 'departement'
), box as materialized (
	select e.*, (st_xmin(e.flat) + st_xmax(e.flat)) / 2 - e.side / 2 as x0, (st_ymin(e.flat) + st_ymax(e.flat)) / 2 + e.side / 2 as y1,
		1000 / e.side as scale
	from (
		select l.*, greatest(st_xmax(f.flat) - st_xmin(f.flat), st_ymax(f.flat) - st_ymin(f.flat)) * 1.12 as side, f.flat
		from land l cross join lateral (select st_transform(l.outline, l.srid) as flat) f
	) e
), around as materialized (
	select t.id, t.type, t.code, t.name, t.id = b.id or t.parent_id = b.id as own, st_transform(t.outline, b.srid) as flat
	from box b
	join territory t on t.outline is not null and t.type in ('departement', 'collectivite')
	where t.outline && st_transform(st_makeenvelope(b.x0, b.y1 - b.side, b.x0 + b.side, b.y1, b.srid), 4326)
)
select b.type as scope_type, b.code as scope_code, b.slug as scope_slug, b.name as scope_name, b.name_in as scope_in, b.stone,
	b.srid, b.x0, b.y1, b.scale, a.type, a.code, a.name, a.own, coalesce(h.tint, 3)::int as tint, st_assvg(g.drawn, 1, 0) as path,
	st_x(g.middle) as x, -st_y(g.middle) as y
from box b
cross join around a
left join territory_shape h on h.territory_id = a.id and h.frame in ('france', 'inset')
cross join lateral (
	select st_snaptogrid(st_transscale(st_clipbybox2d(a.flat,
		st_makebox2d(st_point(b.x0 - b.side / 50, b.y1 - b.side * 1.02), st_point(b.x0 + b.side * 1.02, b.y1 + b.side / 50))),
		-b.x0, -b.y1, b.scale, b.scale), 1) as drawn
	offset 0 -- computed once, not wherever it is read
) c
cross join lateral (
	select c.drawn, case when a.own and st_contains(c.drawn, st_centroid(c.drawn)) then st_centroid(c.drawn)
		else st_pointonsurface(c.drawn) end as middle
	offset 0
) g
where not st_isempty(g.drawn)
order by a.own, a.code
