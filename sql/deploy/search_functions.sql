-- Deploy catalyse:search_functions to pg
-- requires: sheet_index
-- The three functions every search goes through: what a text is made of, what a question asks, how well they fit.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create function search_vector(text) returns tsvector
	language sql immutable strict parallel safe
	return to_tsvector('catalyse.catalyse_fr', $1);
comment on function search_vector(text) is 'the words of a text, as search_query() asks for them';

create function search_query(q text) returns tsquery
	language sql stable strict parallel safe
	return websearch_to_tsquery('catalyse.catalyse_fr', q);
comment on function search_query(text) is 'what a visitor typed (words, "a phrase", -not, or); never raises; empty when nothing is left to look for';

create function search_score(words tsvector, query tsquery) returns real
	language sql immutable parallel safe
	return ts_rank_cd(words, query);
comment on function search_score(tsvector, tsquery) is 'how well the words answer the question; higher is better';
commit;
