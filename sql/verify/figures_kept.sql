-- Verify catalyse:figures_kept on pg
begin;
select edited_at from catalyse.indicator where false;
select edited_at from catalyse.figure where false;
select gone_at from private.figure_gone where false;
select 1 / (has_function_privilege('catalyse_rw', 'catalyse.figure_write(jsonb)', 'execute') and has_function_privilege('catalyse_rw', 'catalyse.figure_put(jsonb)', 'execute'))::int;
rollback;
