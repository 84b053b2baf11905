-- name: map_outlines
-- purpose: the outlines of the départements and collectivités, or of the régions, as GeoJSON features; simplified by borders, so
--   that neighbours still touch
-- param: regions bool
-- column: vintage int
-- column: feature text
-- rows: many
with border as materialized (
	select st_simplify((st_dump(st_linemerge(st_union(st_boundary(outline))))).geom, 0.004) as line from territory
	where type in ('departement', 'collectivite') and valid_to is null
), face as materialized (
	select f.shape, st_pointonsurface(f.shape) as inside
	from (select (st_dump(st_polygonize(line))).geom as shape from border) f
), owner as materialized (
	select f.shape, d.id, d.type, d.parent_id
	from face f
	join territory d on d.outline && f.inside and st_intersects(d.outline, f.inside)
	where d.type in ('departement', 'collectivite') and d.valid_to is null
), drawn as materialized (
	select o.id, st_multi(st_union(o.shape)) as shape
	from (select shape, case when $1::bool and type = 'departement' then parent_id else id end as id from owner) o
	group by o.id
)
select t.vintage, json_build_object('type', 'Feature', 'id', t.type || ':' || t.code,
	'properties', json_build_object('type', t.type, 'code', t.code, 'nom', t.name, 'teinte', coalesce(h.tint, 1)),
	'geometry', st_asgeojson(d.shape, 3)::json)::text as feature
from drawn d
join territory t on t.id = d.id
left join territory_shape h on h.territory_id = t.id and h.frame in ('france', 'inset')
order by t.type, t.code
