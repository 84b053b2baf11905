-- Verify catalyse:sheet_wide_pages on pg
begin;
select 1 / (prosrc like '%others%')::int from pg_proc where oid = 'catalyse.sheet_wide_words(catalyse.sheet_wide_ask,int,int)'::regprocedure;
rollback;
