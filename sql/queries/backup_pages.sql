-- name: backup_pages
-- purpose: the address of one page of each kind that this base holds, for the drill
-- param: none
-- column: path text
-- rows: many
select '/' as path
union all select '/fiches'
union all select '/fiches.json?taille=1'
union all select '/recherche?q=cooperation'
union all select '/catalyseurs'
union all select '/territoires'
union all (select '/fiches/' || slug || '-' || id from sheet where state = 'publiee' order by id limit 1)
union all (select '/catalyseurs/' || slug || '-' || id from catalyst where state = 'publiee' order by id limit 1)
union all (select '/parcours/' || slug from parcours where state = 'publiee' order by id limit 1)
union all (select '/evenements/' || address from event order by id limit 1)
union all (select '/observatoire/' || code from indicator where published order by id limit 1)
union all (select distinct on (type) '/territoires/' || type || '/' || code || '-' || slug from territory
	where type in ('region', 'departement', 'epci', 'commune') and valid_to is null order by type, id)
