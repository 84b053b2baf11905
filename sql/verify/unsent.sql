-- Verify catalyse:unsent on pg
select 1 / (count(*) = 2)::int from pg_proc where pronamespace = 'private'::regnamespace
	and (proname = 'work_rights_on' and prosrc like '%unsent%' or proname = 'parcours_hands' and prosrc like '%submitted_at%');
