-- name: territory_index
-- purpose: every region, department and overseas collectivity with what is known there, and its shape for the maps
-- param: none
-- column: id int
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: name_in text
-- column: overseas bool
-- column: parent_code text
-- column: population int
-- column: catalysts int
-- column: sheets int
-- column: frame text
-- column: path text
-- column: x float
-- column: y float
-- column: tint int
-- column: vintage int
-- rows: many
select t.id, t.type, t.code, t.slug, t.name, t.name_in, t.overseas, up.code as parent_code, t.population,
	coalesce(c.n, 0)::int as catalysts, coalesce(s.n, 0)::int as sheets,
	h.frame, h.path, h.x::float, h.y::float, h.tint::int, t.vintage
from territory t
left join territory up on up.id = t.parent_id
left join territory_shape h on h.territory_id = t.id and h.frame in ('france', 'inset')
left join (
	select x.ancestor_id as id, count(*) as n from catalyst k join territory_tree x on x.territory_id = k.territory_id
	where k.state = 'publiee' group by x.ancestor_id
) c on c.id = t.id
left join (
	select u.id, count(*) as n from sheet_index i cross join lateral unnest(i.territories) u(id)
	where not (select wide from sheet_wide_state) group by u.id
	union all -- a large base has counted them (docs/design/echelle.md)
	select v.value - 1000000, v.n from sheet_value v
	where v.level in ('region', 'departement', 'collectivite') and (select wide from sheet_wide_state)
) s on s.id = t.id
where t.type in ('region', 'departement', 'collectivite') and t.valid_to is null
order by t.overseas desc, t.type desc, t.name
