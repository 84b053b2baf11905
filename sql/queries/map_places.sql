-- name: map_places
-- purpose: where the items of a page are, in the order of their ids, finest place first; on a sheet of paper when its frame is
--   given (see map_ground). exact: a commune, not an area; an item without a place has no row
-- param: kind text
-- param: ids bigint[]
-- param: srid int
-- param: x0 float
-- param: y1 float
-- param: scale float
-- column: item int
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: departement text
-- column: region text
-- column: stone text
-- column: lon float
-- column: lat float
-- column: x float
-- column: y float
-- rows: many
with item as (
	select i.id, i.o, st.territory_id, null::geometry as point
	from unnest($2::bigint[]) with ordinality i(id, o) join sheet_territory st on st.sheet_id = i.id
	where $1 = 'fiches'
	union all
	select i.id, i.o, c.territory_id, c.point
	from unnest($2::bigint[]) with ordinality i(id, o) join catalyst c on c.id = i.id
	where $1 = 'catalyseurs'
)
select i.id::int as item, t.type, t.code, t.slug, t.name, d.code as departement, r.code as region,
	coalesce(d.code, t.code) as stone, st_x(p.point) as lon, st_y(p.point) as lat,
	(st_x(f.flat) - $4::float) * $6::float as x, ($5::float - st_y(f.flat)) * $6::float as y
from item i
join territory t on t.id = i.territory_id and t.type <> 'pays'
cross join lateral (select coalesce(i.point, t.point) as point) p
cross join lateral (select case when $3::int is not null then st_transform(p.point, $3::int) end as flat) f
left join lateral (
	select a.code from territory_tree tt join territory a on a.id = tt.ancestor_id
	where tt.territory_id = t.id and a.type in ('departement', 'collectivite') order by a.id = t.parent_id desc, a.id limit 1
) d on true
left join lateral (
	select a.code from territory_tree tt join territory a on a.id = tt.ancestor_id
	where tt.territory_id = t.id and a.type = 'region' order by a.id limit 1
) r on true
where p.point is not null
order by i.o, t.type = 'region', t.type <> 'commune', t.id
