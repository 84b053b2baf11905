-- Verify catalyse:sheet_index_whole on pg
begin;
select 1 / coalesce('toast_tuple_target=8160' = any (reloptions), false)::int from pg_class where oid = 'catalyse.sheet_index'::regclass;
rollback;
