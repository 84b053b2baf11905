-- Verify catalyse:sheet_wide_near on pg
begin;
select 'catalyse.sheet_wide_sorted(catalyse.sheet_wide_ask, tsquery, int, int, tsquery)'::regprocedure;
select 1 / (prosrc ~ 'nowhere')::int from pg_proc where oid = 'catalyse.sheet_wide_many'::regproc;
select 1 / (prosrc ~ 'sheet_wide_sorted')::int from pg_proc where oid = 'catalyse.sheet_wide_ids'::regproc;
rollback;
