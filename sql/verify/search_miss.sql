-- Verify catalyse:search_miss on pg
begin;
select about, subject, territory_id, outcome, at_least from catalyse.search_miss_frequent where false;
select 1 / (not has_schema_privilege('catalyse_ro', 'catalyse_private', 'usage')
	and not has_schema_privilege('catalyse_rw', 'catalyse_private', 'usage')
	and not has_table_privilege('catalyse_ro', 'catalyse_private.search_miss', 'select')
	and has_function_privilege('catalyse_rw', 'catalyse.search_miss_note(text, text, text, text)', 'execute')
	and not has_function_privilege('catalyse_ro', 'catalyse.search_miss_note(text, text, text, text)', 'execute'))::int;
rollback;
