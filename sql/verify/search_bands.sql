-- Verify catalyse:search_bands on pg
select 1 / (catalyse.search_score(setweight(catalyse.search_vector('école'), 'A'), catalyse.search_query('ecole'))
	> catalyse.search_score(setweight(catalyse.search_vector('école école école'), 'B'), catalyse.search_query('ecole')))::int;
