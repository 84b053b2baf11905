-- Revert catalyse:search_count from pg
begin;
drop function catalyse.search_count(tsquery, int);
commit;
