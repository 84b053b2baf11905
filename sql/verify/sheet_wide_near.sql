-- Verify catalyse:sheet_wide_near on pg
begin;
select 1 / (prosrc ~ 'nowhere')::int from pg_proc where oid = 'catalyse.sheet_wide_many'::regproc;
select 1 / (prosrc ~ 'nearest nulls last')::int from pg_proc where oid = 'catalyse.sheet_wide_few(catalyse.sheet_wide_ask, tsquery, int, int, tsquery)'::regprocedure;
rollback;
