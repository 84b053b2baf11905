-- Deploy catalyse:write_plans to pg
-- requires: sheet_record_stamp catalyst_sets sheet_wide_near
-- What a write refreshes is of a few sheets, or of all (ids null): a plan for both reads the whole base. The programs ask for such plans
-- (plan_cache_mode), and one sheet written in a base of a million took 4 to 20 s in triggers, more than a statement may last; now 15 ms.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
alter function sheet_index_refresh(int[]) set plan_cache_mode to 'auto';
alter function sheet_record_refresh(int[], bool) set plan_cache_mode to 'auto';
alter function catalyst_words_refresh(int[]) set plan_cache_mode to 'auto';
commit;
