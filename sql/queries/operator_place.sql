-- name: operator_place
-- purpose: the territory of a place and all that contain it, the smallest first, for `catalyse geo`
-- param: lon float
-- param: lat float
-- param: named text
-- column: type text
-- column: code text
-- column: name text
-- column: distance_km float
-- rows: many
with start as (
	(select t.id, st_distance(t.point::geography, st_setsrid(st_makepoint($1::float, $2::float), 4326)::geography) / 1000 as km
	from territory t
	where $3::text is null and t.type = 'commune' and t.valid_to is null
	order by t.point <-> st_setsrid(st_makepoint($1::float, $2::float), 4326)
	limit 1)
	union all
	select t.id, null
	from territory t
	where t.type = split_part($3::text, ':', 1) and t.code = split_part($3::text, ':', 2) and t.valid_to is null
)
select a.type, a.code, a.name::text as name, case when tt.depth = 0 then start.km end as distance_km
from start
join territory_tree tt on tt.territory_id = start.id
join territory a on a.id = tt.ancestor_id
order by tt.depth, a.code;
