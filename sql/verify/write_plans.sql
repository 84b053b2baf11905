-- Verify catalyse:write_plans on pg
begin;
select 1 / (count(*) = 3)::int from pg_proc where pronamespace = 'catalyse'::regnamespace and 'plan_cache_mode=auto' = any (proconfig)
	and proname in ('sheet_index_refresh', 'sheet_record_refresh', 'catalyst_words_refresh');
rollback;
