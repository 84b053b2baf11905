-- Verify catalyse:network on pg
begin;
select rev from catalyse.catalyst where false;
select id, catalyst_id, rev, at, structure_id, field, before, after from catalyse.catalyst_change where false;
select id, kind, catalyst_id, structure_id, account_id, content, message, state, created_at, decided_by, decided_at, reason from private.network_request where false;
select 1 / (has_table_privilege('catalyse_ro', 'catalyse.catalyst_change', 'select')
	and has_function_privilege('catalyse_rw', 'private.network_decide(int, int, bool, text, text)', 'execute'))::int;
rollback;
