-- name: export_territories
-- purpose: territories after a number, in order, with what contains them
-- param: after int
-- param: n int
-- column: id int
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: nature text
-- column: population int
-- column: area_km2 real
-- column: postcodes text
-- column: parent_type text
-- column: parent_code text
-- column: epci text
-- column: lon float
-- column: lat float
-- column: vintage int
-- rows: many
select t.id, t.type, t.code, t.slug, t.name, t.nature, t.population, t.area_km2, array_to_string(t.postcodes, ' ') as postcodes,
	p.type as parent_type, p.code as parent_code,
	(select e.code from epci_commune ec join territory e on e.id = ec.epci_id where ec.commune_id = t.id order by e.code limit 1) as epci,
	st_x(t.point) as lon, st_y(t.point) as lat, t.vintage
from territory t
left join territory p on p.id = t.parent_id
where t.id > $1 and t.type <> 'pays' and t.valid_to is null
order by t.id
limit $2
