-- Verify catalyse:search_bands on pg
select 1 / (catalyse.search_score(setweight(catalyse.search_vector('école'), 'A'), catalyse.search_query('ecole'))
	> catalyse.search_score(setweight(catalyse.search_vector('école école école'), 'B'), catalyse.search_query('ecole')))::int;
select 1 / (catalyse.search_score(setweight(catalyse.search_vector('partenariat'), 'A'), catalyse.search_query('partenariat'), catalyse.search_typed('partenariat'))
	> catalyse.search_score(setweight(catalyse.search_vector('partenariat'), 'A'), catalyse.search_query('partenariat'), catalyse.search_typed('alliance')))::int;
