-- name: territory_load_check
-- purpose: what was loaded, beside what the prepared files announce
-- param: none
-- column: what text
-- column: expected int
-- column: found int
-- rows: many
-- lazy: it reads a temporary table
with found(what, found) as (
	select type, count(*) from territory where valid_to is null group by type
	union all select 'commune_point', count(*) from territory where type = 'commune' and valid_to is null and point is not null
	union all select 'outline', count(*) from territory where type = 'departement' and valid_to is null and outline is not null
	union all select 'epci_commune', count(*) from epci_commune
)
select c.what, c.expected, coalesce(f.found, 0)::int as found
from pg_temp.stage_count c left join found f on f.what = c.what
union all
-- points away from the box of their département; islands that the outlines leave out are within a third of a degree
select 'outside', 0, count(*)::int
from territory c join territory d on d.id = c.parent_id
where c.type = 'commune' and c.valid_to is null and d.outline is not null and not c.point && st_expand(box2d(d.outline)::geometry, 0.36)
union all
select 'region_outline', 0, 18 - count(*)::int from territory where type = 'region' and valid_to is null and outline is not null;
