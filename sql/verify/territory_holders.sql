-- Verify catalyse:territory_holders on pg
begin;
select 1 / (has_function_privilege('catalyse_ro', 'catalyse.territory_holders(int)', 'execute'))::int;
rollback;
