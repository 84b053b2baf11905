-- Verify catalyse:search_words on pg
begin;
select catalyst_id, words from catalyse.catalyst_words where false;
select catalyse.sheet_words(s) from catalyse.sheet s where false;
select 1 / has_function_privilege('catalyse_ro', 'catalyse.search_places_around(int[])', 'execute')::int;
select 1 / (not has_table_privilege('catalyse_rw', 'catalyse.catalyst_words', 'insert'))::int;
select 1 / (count(*) = 12)::int from pg_trigger where (tgname like 'catalyst_words_%' or tgname like 'sheet_words_%') and not tgisinternal
	and tgrelid in (select oid from pg_class where relnamespace = 'catalyse'::regnamespace);
rollback;
