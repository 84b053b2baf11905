-- Verify catalyse:sheet_wide_others on pg
begin;
select 1 / (pronargs = 4)::int from pg_proc where oid = 'catalyse.sheet_wide_words'::regproc;
select 1 / (pg_get_functiondef('catalyse.sheet_wide_count'::regproc) ~ 'select unnest')::int;
rollback;
