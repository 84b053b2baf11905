-- The closure of the fixture, and how names are compared.
select t.code, a.type, a.code, depth from territory_tree join territory t on t.id = territory_id join territory a on a.id = ancestor_id
	where t.type in ('commune', 'epci') order by t.code, depth, a.code;
select code, search from territory where type = 'commune' order by code;
