-- Revert catalyse:write_plans from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
alter function sheet_index_refresh(int[]) reset plan_cache_mode;
alter function sheet_record_refresh(int[], bool) reset plan_cache_mode;
alter function catalyst_words_refresh(int[]) reset plan_cache_mode;
commit;
