-- Verify catalyse:work_public on pg
select 1 / (count(*) = 2)::int from pg_trigger where tgname in ('work_begin_public', 'work_become_public');
