-- name: territory_page
-- purpose: a territory by type and code; a former code answers with its successor and former set to the old name. What is known of it is
--   counted for its own page only (counted): of a large base that is as much work as a list
-- param: type text
-- param: code text
-- param: counted bool
-- column: id int
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: name_in text
-- column: name_of text
-- column: population int
-- column: outline_km2 real
-- column: people_near int
-- column: nature text
-- column: postcodes text[]
-- column: overseas bool
-- column: vintage int
-- column: lon float
-- column: lat float
-- column: point_source text
-- column: stone text
-- column: parent_id int
-- column: parent_name text
-- column: parent_in text
-- column: sheets int
-- column: catalysts int
-- column: communes int
-- column: epcis int
-- column: former text
-- rows: maybe
select t.id, t.type, t.code, t.slug, t.name, t.name_in, t.name_of, t.population, m.area_km2 as outline_km2, m.people_near, t.nature, t.postcodes,
	t.overseas, t.vintage, st_x(t.point) as lon, st_y(t.point) as lat, t.point_source,
	case when t.type = 'pays' then 'FR' when t.type in ('commune', 'epci') then up.code else t.code end as stone,
	t.parent_id, up.name as parent_name, up.name_in as parent_in,
	case when $3 then coalesce(( -- a large base has counted them (docs/design/echelle.md)
		select v.n from sheet_value v where v.value = 1000000 + t.id and (select wide from sheet_wide_state)
	), (select count(*)::int from sheet_index i where i.territories @> array[t.id])) end as sheets,
	case when $3 then (select count(*)::int from (
		select c.id from territory_tree x join catalyst c on c.territory_id = x.territory_id and c.state = 'publiee' where x.ancestor_id = t.id
		union
		select c.id from territory_tree x join catalyst_area a on a.territory_id = x.ancestor_id
		join catalyst c on c.id = a.catalyst_id and c.state = 'publiee' where x.territory_id = t.id
	) c) end as catalysts,
	case when $3 then (select count(*)::int from territory_tree x join territory y on y.id = x.territory_id
		where x.ancestor_id = t.id and y.type = 'commune' and y.valid_to is null and t.type in ('region', 'departement', 'epci', 'collectivite')) end as communes,
	case when $3 then (select count(*)::int from territory_tree x join territory y on y.id = x.territory_id
		where x.ancestor_id = t.id and y.type = 'epci' and y.valid_to is null and t.type in ('region', 'departement')) end as epcis,
	k.former
from (
	select id, null::text as former from territory where type = $1 and code = $2 and valid_to is null
	union all
	select successor_id, name from territory_former where type = $1 and code = $2
	limit 1
) k
join territory t on t.id = k.id
left join territory up on up.id = t.parent_id
left join territory_measure m on m.territory_id = t.id
