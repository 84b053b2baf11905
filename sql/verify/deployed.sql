-- Verify catalyse:deployed on pg
begin;
select 1 / (has_function_privilege('catalyse_rw', 'private.deployed()', 'execute'))::int;
select 1 / (not has_function_privilege('catalyse_ro', 'private.deployed()', 'execute'))::int;
rollback;
