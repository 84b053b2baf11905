-- Revert catalyse:search_excerpts from pg
begin;
drop function catalyse.search_passage(jsonb, tsquery);
drop function catalyse.search_marked(text, tsquery);
commit;
