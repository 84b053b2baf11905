-- name: territory_nearest
-- purpose: the commune whose point is nearest to a position, by the index on points
-- param: lon float
-- param: lat float
-- column: code text
-- column: km float
-- rows: maybe
select code, st_distance(point::geography, st_setsrid(st_makepoint($1, $2), 4326)::geography) / 1000 as km
from territory
where type = 'commune' and valid_to is null
order by point <-> st_setsrid(st_makepoint($1, $2), 4326)
limit 1
