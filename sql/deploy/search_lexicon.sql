-- Deploy catalyse:search_lexicon to pg
-- requires: search_words events
-- The words that are written here, and what to try when a question finds nothing.
begin;
create extension if not exists fuzzystrmatch with schema public;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table search_word (
	word text primary key, -- small letters, no accents
	shown text not null,   -- as it is written
	n int not null         -- in how many texts, roughly: counted when texts come in, exactly by search_lexicon_refresh()
);
comment on table search_word is 'words of titles, summaries, terms, actors and places, for spelling; kept by triggers';
create index search_word_trgm_idx on search_word using gin (word gin_trgm_ops);
create index search_word_prefix_idx on search_word (word text_pattern_ops);
revoke insert, update, delete on search_word from catalyse_rw;

-- Adds the words of these texts; counted says whether those already known are counted once more. Weight 0: words to know (synonyms),
-- that nobody wrote.
create function search_word_add(texts text[], counted boolean, weight int) returns void language sql security definer set search_path to catalyse, public as $$
	insert into search_word as w (word, shown, n)
	select immutable_unaccent(x.shown), max(x.shown collate "C"), count(*) * weight from (
		select distinct t.o, m.word[1] as shown
		from unnest(texts) with ordinality t (text, o)
		cross join lateral regexp_matches(lower(search_spelling(t.text)), '[[:alpha:]]{3,40}', 'g') m (word)
	) x group by 1 order by 1
	on conflict (word) do update set n = w.n + excluded.n where counted
$$;
revoke execute on function search_word_add(text[], boolean, int) from public;

create function search_word_changed() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
declare
	texts text[];
begin
	case tg_table_name
	when 'sheet' then texts := array(select title || ' ' || summary from changed where state in ('publiee', 'a_actualiser'));
	when 'catalyst' then texts := array(select name || ' ' || summary from changed where state = 'publiee');
	when 'event' then texts := array(select title || ' ' || summary from changed);
	when 'term' then texts := array(select label from changed);
	when 'search_synonym' then texts := array(select array_to_string(term || equivalents, ' ') from changed);
	else texts := array(select name from changed);
	end case;
	perform search_word_add(texts, tg_op = 'INSERT', (tg_table_name <> 'search_synonym')::int);
	return null;
end
$$;
do $$
declare
	t text;
begin
	foreach t in array array['sheet', 'catalyst', 'event', 'term', 'structure', 'territory', 'search_synonym'] loop
		execute format('create trigger search_word_ins after insert on %I referencing new table as changed
			for each statement execute function search_word_changed()', t);
		execute format('create trigger search_word_upd after update on %I referencing new table as changed
			for each statement execute function search_word_changed()', t);
	end loop;
end
$$;

-- Counts again from nothing, and forgets words that are no longer written.
create function search_lexicon_refresh() returns void language plpgsql security definer set search_path to catalyse, public as $$
begin
	delete from search_word;
	perform search_word_add(array(
		select title || ' ' || summary from sheet where state in ('publiee', 'a_actualiser')
		union all select name || ' ' || summary from catalyst where state = 'publiee'
		union all select title || ' ' || summary from event
		union all select label from term
		union all select name from structure
		union all select name from territory), true, 1);
	perform search_word_add(array(select array_to_string(term || equivalents, ' ') from search_synonym), true, 0);
end
$$;
revoke execute on function search_lexicon_refresh() from public;

-- Through the indexes only: the planner would otherwise hope to meet a row soon, and read everything when there is none.
create function search_finds(query tsquery) returns boolean language sql stable parallel safe set enable_seqscan to off
	return exists (select from catalyse.sheet_index i where i.words @@ query)
		or exists (select from catalyse.catalyst_words w where w.words @@ query);
comment on function search_finds(tsquery) is 'is there a sheet or a catalyst for it';

-- Words close to one that nobody wrote: few letters apart, the most alike and the most written first.
create function search_neighbours(typed text, wanted int) returns table (shown text, n int) language sql stable
	set search_path to catalyse, public set pg_trgm.similarity_threshold to 0.25 as $$
	select w.shown, w.n
	from search_word w, (select immutable_unaccent(lower(typed)) as word) t
	where w.word % t.word and w.word <> t.word
		and levenshtein_less_equal(w.word, t.word, 3) <= case when length(t.word) < 5 then 1 when length(t.word) < 9 then 2 else 3 end
	order by levenshtein(w.word, t.word) - similarity(w.word, t.word) - ln(1 + w.n) / 5 - (left(w.word, 1) = left(t.word, 1))::int * 0.3,
		w.word
	limit wanted
$$;

-- What to ask instead of q, which finds nothing: with the words nobody wrote replaced by the closest ones (orthographe), or
-- with most of the words instead of all (large). Always something that finds; no row when there is nothing to offer.
create function search_repair(q text) returns table (instead text, reason text) language plpgsql stable
	set search_path to catalyse, public set client_min_messages to warning as $$
declare
	typed text;
	close text[];
	fixed text := left(q, 400);
	tries text[] := array[fixed];
	one text;
begin
	if q ~ '["«“]' then -- between quotes, the words are meant as they are
		return;
	end if;
	for typed in
		select distinct m[1] from regexp_matches(search_spelling(fixed), '[[:alpha:]]{3,40}', 'g') m
		where search_key(m[1]) is not null and not search_finds(search_query(m[1]))
			and not exists (select from search_word w where w.word = immutable_unaccent(lower(m[1]))) -- a place, well written
		limit 4
	loop
		close := array(select shown from search_neighbours(typed, 6) where search_finds(search_query(shown)) limit 3);
		if cardinality(close) > 0 then
			select array_agg(regexp_replace(t, '\m' || typed || '\M', c, 'g') order by o, p) into tries
			from unnest(tries) with ordinality a (t, o), unnest(close) with ordinality b (c, p);
		end if;
	end loop;
	if tries[1] <> fixed then
		foreach one in array tries[:27] loop
			if search_finds(search_query(one)) then
				return query values (one, 'orthographe');
				return;
			end if;
		end loop;
	end if;
	one := '~ ' || ltrim(tries[1], '~ ');
	if search_query(one) <> search_query(q) and search_finds(search_query(one)) then
		return query values (one, case when tries[1] <> fixed then 'orthographe' else 'large' end);
	end if;
end
$$;
comment on function search_repair(text) is 'what to ask instead of a question that finds nothing';

create or replace function search_reindex() returns void language plpgsql set search_path to catalyse, public as $$
begin
	perform search_expand();
	perform sheet_index_refresh(null);
	perform catalyst_words_refresh(null);
	perform search_lexicon_refresh();
end
$$;
select search_lexicon_refresh();
commit;
