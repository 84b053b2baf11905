-- Revert catalyse:search_box from pg
begin;
set local search_path to catalyse, public;
create or replace function search_reindex() returns void language plpgsql set search_path to catalyse, public as $$
begin
	perform search_expand();
	perform sheet_index_refresh(null);
	perform catalyst_words_refresh(null);
	perform search_lexicon_refresh();
end
$$;
drop function search_complete(text, int);
alter table event drop words;
alter table term drop words;
commit;
