-- Verify catalyse:personal on pg
begin;
select relation, position, columns, kept, member, query, erase, why from private.personal where false;
select account_id, erased_at, sheets, made_at from private.erasure where false;
select 1 / (has_function_privilege('catalyse_rw', 'private.account_erase(int, text, int)', 'execute')
	and has_function_privilege('catalyse_rw', 'private.account_export(int)', 'execute')
	and not has_table_privilege('catalyse_rw', 'private.personal', 'insert, update, delete')
	and not has_schema_privilege('catalyse_ro', 'private', 'usage'))::int;
rollback;
