-- Deploy catalyse:search_box to pg
-- requires: search_excerpts
-- One box over everything: terms and events are found by their words too, and a question begun can be completed.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

alter table event add words tsvector generated always as (search_vector(title || ' ; ' || summary || ' ; ' || place)) stored;
alter table term add words tsvector generated always as (search_vector(label || ' ; ' || definition)) stored;
create index event_words_idx on event using gin (words);
create index term_words_idx on term using gin (words);

-- The question with its last word completed by the words most written here; nothing for less than two letters.
create function search_complete(q text, wanted int) returns table (completed text, n int) language sql stable
	set search_path to catalyse, public as $$
	select t.before || w.shown, w.n
	from (select m[1] as before, immutable_unaccent(lower(m[2])) as start
		from regexp_match(left(q, 200), '^(.*?)([[:alpha:]]{2,40})$') m) t
	join search_word w on w.word ~>=~ t.start and w.word ~<~ (t.start || '~') and w.word <> t.start and w.n > 0
	order by w.n desc, w.word limit wanted
$$;

create or replace function search_reindex() returns void language plpgsql set search_path to catalyse, public as $$
begin
	perform search_expand();
	perform sheet_index_refresh(null);
	perform catalyst_words_refresh(null);
	perform search_lexicon_refresh();
	update event set title = title;
	update term set label = label;
end
$$;
commit;
