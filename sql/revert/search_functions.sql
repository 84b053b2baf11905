-- Revert catalyse:search_functions from pg
begin;
drop function catalyse.search_score(tsvector, tsquery);
drop function catalyse.search_query(text);
drop function catalyse.search_vector(text);
commit;
