-- name: record_sets
-- purpose: the sets a harvester may ask for: kinds and levels of evidence are the page's; terms, steps of maturity, the nation, régions, départements and collectivités
-- param: none
-- column: spec text
-- column: name text
-- rows: many
select spec, name from (
	select 1 + x.o as rank, x.scheme || ':' || t.code as spec, x.name || ' : ' || t.label as name, lpad(t.position::text, 5, '0') as o
	from term t join (values (0, 'theme', 'Thème'), (0.1, 'odd', 'ODD'), (0.2, 'pratique', 'Pratique'), (0.3, 'parcours', 'Parcours'), (0.4, 'profil', 'Profil'),
		(0.5, 'dispositif', 'Dispositif'), (0.6, 'maturite', 'Maturité')) x (o, scheme, name) using (scheme)
	union all
	select 2, 'pays:FR', 'Valable partout en France', ''
	union all
	select case type when 'region' then 3 when 'departement' then 4 else 5 end, type || ':' || code,
		case type when 'region' then 'Région : ' when 'departement' then 'Département : ' else 'Collectivité : ' end || name, code
	from territory where type in ('region', 'departement', 'collectivite') and valid_to is null
) s
order by rank, o, spec
