-- Verify catalyse:search_functions on pg
begin;
select 1 / (catalyse.search_vector('des écoles') @@ catalyse.search_query('ecole'))::int;
select 1 / (catalyse.search_score(catalyse.search_vector('école'), catalyse.search_query('ecole')) > 0)::int;
rollback;
