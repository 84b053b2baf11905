-- name: export_counts
-- purpose: how much there is to export
-- param: none
-- column: sheets int
-- column: catalysts int
-- column: territories int
-- column: figures int
-- rows: one
select (select count(*)::int from sheet where state in ('publiee', 'a_actualiser')) as sheets,
	(select count(*)::int from catalyst where state = 'publiee') as catalysts,
	(select count(*)::int from territory where type <> 'pays' and valid_to is null) as territories,
	(select count(*)::int from figure_full) as figures
