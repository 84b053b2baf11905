-- Verify catalyse:sheet_index_whole on pg
begin;
select 1 / ('toast_tuple_target=8160' = any (reloptions))::int from pg_class where oid = 'catalyse.sheet_index'::regclass;
rollback;
