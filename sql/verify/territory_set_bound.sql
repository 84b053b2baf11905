-- Verify catalyse:territory_set_bound on pg
begin;
select 1 / (pg_get_functiondef('catalyse.territory_set(int)'::regprocedure) like '%limit 300%')::int;
rollback;
