-- name: record_sets
-- purpose: the sets a harvester may ask for: kinds are the page's; themes, the nation, régions, départements and collectivités
-- param: none
-- column: spec text
-- column: name text
-- rows: many
select spec, name from (
	select 1 as rank, 'theme:' || code as spec, 'Thème : ' || label as name, position::text as o from term where scheme = 'theme'
	union all
	select 2, 'pays:FR', 'Valable partout en France', ''
	union all
	select case type when 'region' then 3 when 'departement' then 4 else 5 end, type || ':' || code,
		case type when 'region' then 'Région : ' when 'departement' then 'Département : ' else 'Collectivité : ' end || name, code
	from territory where type in ('region', 'departement', 'collectivite') and valid_to is null
) s
order by rank, o, spec
