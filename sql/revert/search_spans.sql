-- Revert catalyse:search_spans from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
drop function search_passage(jsonb, tsquery, tsquery, text, text);
drop function search_marked(text, tsquery, tsquery, text);
drop function search_spans(text, text);
commit;
