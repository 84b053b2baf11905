-- Verify catalyse:territory_set on pg
begin;
select 1 / (has_function_privilege('catalyse_ro', 'catalyse.territory_set(int)', 'execute'))::int;
rollback;
