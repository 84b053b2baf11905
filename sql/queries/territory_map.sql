-- name: territory_map
-- purpose: the départements of the région a territory is in, in that région's own box of 1000, with what is known in each
-- param: id int
-- column: region text
-- column: code text
-- column: name text
-- column: path text
-- column: x float
-- column: y float
-- column: tint int
-- column: here bool
-- column: catalysts int
-- rows: many
with me as materialized (
	select t.id, t.type, r.id as region_id, r.name as region, r.overseas
	from territory t
	join lateral (
		select a.* from territory_tree tt join territory a on a.id = tt.ancestor_id
		where tt.territory_id = t.id and a.type = 'region' order by a.id limit 1
	) r on true
	where t.id = $1
)
select me.region, d.code, d.name, h.path, h.x::float, h.y::float, coalesce(f.tint, 1)::int as tint,
	exists (select from territory_tree tt where tt.territory_id = me.id and tt.ancestor_id = d.id) and me.type <> 'region' as here,
	(select count(*)::int from catalyst c join territory_tree x on x.territory_id = c.territory_id
		where x.ancestor_id = d.id and c.state = 'publiee') as catalysts
from me
join territory d on d.parent_id = me.region_id and d.type = 'departement' and d.valid_to is null
join territory_shape h on h.territory_id = d.id and h.frame = case when me.overseas then 'inset' else 'region' end
left join territory_shape f on f.territory_id = d.id and f.frame = 'france'
order by d.code
