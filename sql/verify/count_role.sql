-- Verify catalyse:count_role on pg
select 1 / (has_function_privilege('catalyse_count', 'catalyse.search_miss_note(text, text, text, text)', 'execute'))::int;
