-- Verify catalyse:revision on pg
begin;
select id, noun, token from catalyse.revision where false;
select 1 / (has_table_privilege('catalyse_ro', 'catalyse.revision', 'select') and not has_table_privilege('catalyse_rw', 'catalyse.revision', 'insert')
	and has_function_privilege('catalyse_rw', 'catalyse.revision_settle()', 'execute'))::int;
select 1 / (count(*) > 50)::int from pg_trigger where tgfoid = 'catalyse.revision_add()'::regprocedure;
rollback;
