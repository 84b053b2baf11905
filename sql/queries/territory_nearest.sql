-- name: territory_nearest
-- purpose: the commune of that name among the nearest to a point, else the nearest; its distance, and what contains it from the EPCI to the nation
-- param: lon float
-- param: lat float
-- param: name text
-- column: id int
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: name_in text
-- column: departement text
-- column: km float
-- column: chain int[]
-- rows: maybe
-- The index orders by degrees, which shrink with latitude: the nearest in kilometres is among the first few.
select t.id, t.type, t.code, t.slug, t.name, t.name_in, d.code as departement, t.km,
	array(select ancestor_id from territory_tree where territory_id = t.id and depth > 0 order by depth) as chain
from (
	select n.*, st_distancesphere(n.point, st_setsrid(st_makepoint($1, $2), 4326)) / 1000 as km
	from (
		select id, type, code, slug, name, name_in, parent_id, point, search from territory
		where type = 'commune' and valid_to is null
		order by point <-> st_setsrid(st_makepoint($1, $2), 4326)
		limit 16
	) n
	order by n.search = territory_search_normalise($3) desc, km
	limit 1
) t
left join territory d on d.id = t.parent_id;
