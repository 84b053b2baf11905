-- Verify catalyse:work_public on pg
select 1 / (count(*) = 2)::int from pg_proc where pronamespace = 'private'::regnamespace
	and (proname = 'work_step_check' and prosrc like '%work_public%' or proname = 'work_public_check');
select 1 / (count(*) = 1)::int from pg_trigger where tgname = 'work_begin_public';
