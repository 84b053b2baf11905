-- Verify catalyse:sheet_index on pg
begin;
set local search_path to catalyse, public;
select sheet_id, type, evidence, terms, territories, own_territories, words, verified_on from sheet_index where false;
select 1 / (count(*) = 11)::int from pg_trigger where tgname like 'sheet_index_%' and not tgisinternal
	and tgrelid in (select oid from pg_class where relnamespace = 'catalyse'::regnamespace);
select 1 / (not has_table_privilege('catalyse_rw', 'sheet_index', 'insert'))::int;
rollback;
