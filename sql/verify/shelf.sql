-- Verify catalyse:shelf on pg
begin;
select id, account_id, name, note, code, created_at, changed_at from private.shelf where false;
select shelf_id, position, kind, key, label, added_at from private.shelf_item where false;
select 1 / (has_function_privilege('catalyse_rw', 'private.shelf_add(int, int, text[], text[], text[])', 'execute')
	and has_function_privilege('catalyse_rw', 'private.shelf_make(int, text, text)', 'execute'))::int;
select 1 / (count(*) = 2)::int from private.personal where relation in ('private.shelf', 'private.shelf_item');
rollback;
