-- Revert catalyse:search_family from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
do $$ begin perform similarity('a', 'b'); end $$; -- loads pg_trgm, whose threshold is set below
-- Words close to one that nobody wrote: few letters apart, the most alike and the most written first.
create or replace function search_neighbours(typed text, wanted int) returns table (shown text, n int) language sql stable
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
create or replace function search_repair(q text) returns table (instead text, reason text) language plpgsql stable
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

drop function search_score(tsvector, tsquery, search_part[]);
drop function search_any(search_part[]);
drop function search_parts(text);
drop type search_part;
drop function search_kin(text, int);
drop function search_is_french(text);
drop index search_word_stem_idx;
drop function search_stem(text);
create or replace function search_expand() returns void language plpgsql security definer set search_path to catalyse, public as $$
declare
	r record;
begin
	delete from search_expansion;
	for r in
		select search_keys(w.word) as key, phraseto_tsquery('catalyse.catalyse_fr', translate(search_spelling(o.word), '-/_', '   ')) as query
		from search_synonym s
		cross join lateral unnest(s.term || s.equivalents) with ordinality w (word, n)
		cross join lateral unnest(s.term || s.equivalents) with ordinality o (word, n)
		where w.n <> o.n and (w.n = 1 or not s.directed)
		order by s.term, w.n, o.n
	loop
		if r.key is not null and numnode(r.query) > 0 then
			insert into search_expansion as e values (r.key, r.query)
			on conflict (key) do update set query = e.query || excluded.query
				where not (e.query @> excluded.query and numnode(excluded.query) = 1);
		end if;
	end loop;
end
$$;
select search_expand();
commit;
