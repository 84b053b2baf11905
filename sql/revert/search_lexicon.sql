-- Revert catalyse:search_lexicon from pg
begin;
set local search_path to catalyse, public;
create or replace function search_reindex() returns void language plpgsql set search_path to catalyse, public as $$
begin
	perform search_expand();
	perform sheet_index_refresh(null);
	perform catalyst_words_refresh(null);
end
$$;
drop function search_repair(text);
drop function search_neighbours(text, int);
drop function search_finds(tsquery);
drop function search_lexicon_refresh();
drop function search_word_changed() cascade;
drop function search_word_add(text[], boolean, int);
drop table search_word;
drop extension fuzzystrmatch;
commit;
