-- Revert catalyse:search_marks from pg
begin;
drop function catalyse.search_passage(jsonb, tsquery, tsquery);
drop function catalyse.search_marked(text, tsquery, tsquery);
drop function catalyse.search_any(tsquery);
commit;
