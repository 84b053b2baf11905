-- Revert catalyse:search_french from pg
begin;
set local role catalyse_owner;
create or replace function catalyse.search_query(q text) returns tsquery
	language sql stable strict parallel safe
	return websearch_to_tsquery('catalyse.catalyse_fr', q);
create or replace function catalyse.search_vector(text) returns tsvector
	language sql immutable strict parallel safe
	return to_tsvector('catalyse.catalyse_fr', $1);
drop table catalyse.search_expansion, catalyse.search_synonym;
drop function catalyse.search_synonym_changed();
drop function catalyse.search_expand();
drop function catalyse.search_reindex();
drop function catalyse.search_use(boolean);
drop function catalyse.search_mode();
drop function catalyse.search_keys(text);
drop function catalyse.search_key(text);
drop function catalyse.search_spelling(text);
alter text search configuration catalyse.catalyse_fr
	alter mapping for hword, hword_part, word with public.unaccent, pg_catalog.french_stem;
alter text search configuration catalyse.catalyse_fr
	alter mapping for asciiword, asciihword, hword_asciipart with pg_catalog.french_stem;
drop text search dictionary if exists catalyse.catalyse_hunspell;
drop text search dictionary if exists catalyse.catalyse_stop;
drop text search dictionary catalyse.catalyse_stop_builtin;
drop text search dictionary catalyse.catalyse_stem;
commit;
