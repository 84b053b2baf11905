-- Verify catalyse:sheet_record on pg
begin;
set local search_path to catalyse, public;
select sheet_id, datestamp, deleted, sets from sheet_record where false;
select modified_at from catalyst where false;
select 1 / (count(*) = 15)::int from pg_trigger where tgname like 'sheet_record_%' and not tgisinternal
	and tgrelid in (select oid from pg_class where relnamespace = 'catalyse'::regnamespace);
select 1 / (not has_table_privilege('catalyse_rw', 'sheet_record', 'insert'))::int;
rollback;
