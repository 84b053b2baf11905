-- Verify catalyse:territory_holders on pg
begin;
select 1 / (has_function_privilege('catalyse_ro', 'catalyse.territory_holders(int, int)', 'execute'))::int;
select count(*) from catalyse.territory_holders(0, null);
rollback;
