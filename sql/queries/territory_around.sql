-- name: territory_around
-- purpose: what surrounds a territory: its containers, its members, its neighbours (touching outlines, else nearest points).
--   sheets: of containers and neighbours; catalysts: of the EPCI and of neighbours, who sit there
-- param: id int
-- column: part text
-- column: id int
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: stone text
-- column: population int
-- column: catalysts int
-- column: sheets int
-- column: km float
-- rows: many
with me as materialized (select * from territory where id = $1),
near as (
	select n.id, st_distance(n.point::geography, me.point::geography) / 1000 as km
	from me join territory_border b on b.territory_id = me.id and not me.overseas
	join territory n on n.id = b.neighbour_id and n.valid_to is null
	where n.point is not null and me.point is not null
	union all
	select t.id, st_distance(t.point::geography, me.point::geography) / 1000
	from me join lateral (
		select n.* from territory n -- by the index of points, where nearly all are communes
		where me.type = 'commune' and n.type = 'commune' and n.id <> me.id and n.valid_to is null and n.point is not null
		order by n.point <-> me.point limit 8
	) t on me.point is not null
	union all
	select t.id, st_distance(t.point::geography, me.point::geography) / 1000
	from me join lateral (
		select n.* from territory n
		where me.type <> 'commune' and (me.type not in ('region', 'departement') or me.overseas)
			and n.type = me.type and n.id <> me.id and n.valid_to is null and n.point is not null
		order by st_distance(n.point, me.point) limit 6
	) t on me.point is not null
)
select 'parent' as part, t.id, t.type, t.code, t.slug, t.name,
	case when t.type = 'pays' then 'FR' when t.type in ('commune', 'epci') then up.code else t.code end as stone,
	t.population,
	case when t.type = 'epci' then (select count(*)::int from catalyst c join territory_tree x on x.territory_id = c.territory_id
		where x.ancestor_id = t.id and c.state = 'publiee') else 0 end as catalysts,
	case when t.type = 'pays' then 0 when (select wide from sheet_wide_state) -- a large base has counted them (docs/design/echelle.md)
		then coalesce((select p.sheets from place_stock p where p.territory_id = t.id), 0)
		else (select count(*)::int from sheet_index i where i.territories @> array[t.id]) end as sheets, tt.depth::float as km
from territory_tree tt join territory t on t.id = tt.ancestor_id left join territory up on up.id = t.parent_id
where tt.territory_id = $1 and tt.depth > 0
union all
select 'member', t.id, t.type, t.code, t.slug, t.name,
	case when t.type in ('commune', 'epci') then up.code else t.code end, t.population, 0, 0, null
from me
join territory_tree tt on tt.ancestor_id = me.id and tt.depth > 0
join territory t on t.id = tt.territory_id and t.valid_to is null
left join territory up on up.id = t.parent_id
where case me.type when 'region' then t.type = 'departement' when 'departement' then t.type in ('epci', 'commune')
	when 'collectivite' then t.type = 'commune' when 'epci' then t.type = 'commune' else false end
union all
select 'near', t.id, t.type, t.code, t.slug, t.name,
	case when t.type in ('commune', 'epci') then up.code else t.code end, t.population,
	(select count(*)::int from catalyst c join territory_tree x on x.territory_id = c.territory_id
		where x.ancestor_id = t.id and c.state = 'publiee'),
	case when (select wide from sheet_wide_state) then coalesce((select p.sheets from place_stock p where p.territory_id = t.id), 0)
		else (select count(*)::int from sheet_index i where i.territories @> array[t.id]) end, near.km
from near join territory t on t.id = near.id left join territory up on up.id = t.parent_id
order by part, km nulls last, type, name
