-- Verify catalyse:record_sets on pg
begin;
select 1 / (prosrc ~ 'maturite')::int from pg_proc where oid = 'catalyse.sheet_record_sets(int)'::regprocedure;
rollback;
