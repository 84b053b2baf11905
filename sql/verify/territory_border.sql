-- Verify catalyse:territory_border on pg
begin;
select territory_id, neighbour_id from catalyse.territory_border where false;
select 1 / (has_function_privilege('catalyse_rw', 'catalyse.territory_border_refresh()', 'execute'))::int;
select 1 / (not has_function_privilege('catalyse_ro', 'catalyse.territory_border_refresh()', 'execute'))::int;
select 1 / (not has_table_privilege('catalyse_rw', 'catalyse.territory_border', 'insert'))::int;
rollback;
