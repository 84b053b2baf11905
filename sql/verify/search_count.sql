-- Verify catalyse:search_count on pg
select 1 / (catalyse.search_count('zwanze'::tsquery, 5) >= 0)::int;
