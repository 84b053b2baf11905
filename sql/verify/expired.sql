-- Verify catalyse:expired on pg
begin;
select 1 / has_function_privilege('catalyse_rw', 'private.expired_forget()', 'execute')::int;
rollback;
