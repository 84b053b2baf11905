-- Verify catalyse:sheet_wide_heads on pg
begin;
select 1 / (prosrc like '%enough%')::int from pg_proc where oid = 'catalyse.sheet_wide_words(catalyse.sheet_wide_ask,int,int)'::regprocedure;
rollback;
