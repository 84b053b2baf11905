-- Verify catalyse:work_hands on pg
select 1 / (pg_get_functiondef('private.work_rights(int, int)'::regprocedure) like '%wrote%')::int;
