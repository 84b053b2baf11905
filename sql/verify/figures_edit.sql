-- Verify catalyse:figures_edit on pg
begin;
select kind from private.import_file where false;
select 1 / (has_function_privilege('catalyse_rw', 'private.figure_drop(int, int)', 'execute')
	and has_function_privilege('catalyse_rw', 'private.indicator_show(int, text, bool)', 'execute'))::int;
rollback;
