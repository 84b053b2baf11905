-- Verify catalyse:tombstone on pg
begin;
set local search_path to catalyse, public;
select withdrawn_on, withdrawn_reason, merged_into from sheet where false;
select 1 / (count(*) = 2)::int from pg_constraint where conname in ('sheet_withdrawn', 'sheet_merged');
select 1 / (count(*) = 1)::int from pg_trigger where tgname = 'sheet_c_tombstone';
select 'fusionnee'::publication_state;
rollback;
