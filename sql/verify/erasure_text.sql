-- Verify catalyse:erasure_text on pg
begin;
select wiped_at from catalyse.sheet_version where false;
select 1 / (has_function_privilege('catalyse_rw', 'catalyse.sheet_wipe(int)', 'execute') and not has_function_privilege('catalyse_ro', 'catalyse.sheet_wipe(int)', 'execute'))::int;
select 1 / (prosrc ~ 'sheet_wipe')::int from pg_proc where oid = 'private.account_leave(int, text)'::regprocedure;
rollback;
