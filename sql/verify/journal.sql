-- Verify catalyse:journal on pg
begin;
select id, at, actor_id from private.journal where false;
select 1 / (not has_table_privilege('catalyse_rw', 'private.journal', 'insert, update, delete, truncate'))::int;
rollback;
