-- Verify catalyse:work_hands on pg
select 1 / (count(*) > 0)::int from pg_proc where pronamespace = 'private'::regnamespace and proname like 'work_rights%' and prosrc like '%wrote%';
