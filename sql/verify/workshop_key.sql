-- Verify catalyse:workshop_key on pg
begin;
select 1 / (prosrc ~ '''autre''')::int from pg_proc where proname = 'workshop_write' and pronamespace = 'private'::regnamespace;
rollback;
