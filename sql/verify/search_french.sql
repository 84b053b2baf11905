-- Verify catalyse:search_french on pg
begin;
select term, equivalents, directed, origin, note from catalyse.search_synonym where false;
select key, query from catalyse.search_expansion where false;
select 1 / (catalyse.search_vector('les élu·es de la co-construction') @@ catalyse.search_query('elu coconstruction'))::int;
select 1 / (numnode(catalyse.search_query('de la')) = 0)::int;
select 1 / (catalyse.search_mode() in ('dictionnaire', 'repli'))::int;
rollback;
