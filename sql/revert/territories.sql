-- Revert catalyse:territories from pg
begin;
set local search_path to catalyse, public;
drop function territory_rebuild_tree();
drop function territory_rank(text);
drop table dataset, territory_shape, territory_tree, territory_former, epci_commune, territory;
drop function epci_commune_types();
commit;
