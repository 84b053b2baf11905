-- Verify catalyse:work_offer on pg
begin;
select 1 / has_function_privilege('catalyse_rw', 'private.work_offer(text, text, jsonb)', 'execute')::int;
rollback;
