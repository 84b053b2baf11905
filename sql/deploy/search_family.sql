-- Deploy catalyse:search_family to pg
-- requires: search_lexicon search_count catalyst_sets_fill
-- A word that is French is not a mistake: « négociation » is answered by its family (« négocier »), never by what looks like it. Two
-- letters put the wrong way round are the likeliest slip: « cahrte » is « charte » before « carte ». A question in sentences, which
-- nothing answers whole, is answered by its rare words.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';
do $$ begin perform similarity('a', 'b'); end $$; -- loads pg_trgm, whose threshold is set below

create function search_stem(word text) returns text language sql immutable strict parallel safe
	return (ts_lexize('catalyse.catalyse_stem', catalyse.immutable_unaccent(lower(word))))[1];
comment on function search_stem(text) is 'what the words of one family share: negoci of négociation and négocier';
create index search_word_stem_idx on search_word (search_stem(word));

create function search_is_french(word text) returns boolean language sql stable strict parallel safe
	return case when search_mode() = 'dictionnaire' then exists (
		select from pg_ts_dict d where d.dictname = 'catalyse_hunspell' and d.dictnamespace = 'catalyse'::regnamespace
			and ts_lexize(d.oid::regdictionary, catalyse.immutable_unaccent(lower(word))) is not null) else false end;
comment on function search_is_french(text) is 'whether the dictionary has it; false when it does not serve';

-- The words of its family that are written here: of one stem, or a feminine, a plural, who does it (« mairesses », « maires »). They begin
-- alike, by half of the word and four letters: « indicateur » is no kin of « indiquer », nor « train » of « trait ».
create function search_kin(typed text, wanted int) returns table (shown text, n int) language sql stable
	set search_path to catalyse, public set pg_trgm.similarity_threshold to 0.25 as $$
	select w.shown, w.n
	from (
		select w.shown, w.n, w.word, t.word as asked, search_stem(w.word) = search_stem(t.word) as stem,
			(select max(k) from generate_series(4, least(length(w.word), length(t.word))) k where left(w.word, k) = left(t.word, k)) as same
		from search_word w, (select immutable_unaccent(lower(typed)) as word) t
		where (search_stem(w.word) = search_stem(t.word) or w.word % t.word) and w.word <> t.word and w.n > 0
			and not exists (select from territory y where y.search = w.word) -- « garderie » is no kin of Gardères
	) w
	where same >= length(asked) / 2
		and ((stem and not (asked ~ 'ions?$' and substr(word, same + 1) ~ '^e?s?$')) -- « pétition » is not « petite »
			or (substr(word, same + 1) ~ '^(|[ex]?s?|sses?|ses?|les?|nes?|iers?|ieres?|eurs?|euses?|ices?)$'
			and substr(asked, same + 1) ~ '^(|[ex]?s?|sses?|ses?|les?|nes?|iers?|ieres?|eurs?|euses?|ices?)$'))
	order by stem desc, similarity(word, asked) + ln(1 + n) / 20 desc, word
	limit wanted
$$;

-- As it was, a plural being as near as its singular; and the words that two neighbouring letters put right make, however little they
-- look alike.
create or replace function search_neighbours(typed text, wanted int) returns table (shown text, n int) language sql stable
	set search_path to catalyse, public set pg_trgm.similarity_threshold to 0.25 as $$
	select w.shown, w.n
	from search_word w, (
		select x.word, array(select left(x.word, i - 1) || substr(x.word, i + 1, 1) || substr(x.word, i, 1) || substr(x.word, i + 2)
			from generate_series(1, length(x.word) - 1) i) as swapped
		from (select immutable_unaccent(lower(typed)) as word) x
	) t
	where (w.word % t.word or w.word = any (t.swapped)) and w.word <> t.word and (w.word = any (t.swapped)
		or levenshtein_less_equal(w.word, t.word, 3) <= case when length(t.word) < 5 then 1 when length(t.word) < 9 then 2 else 3 end)
	order by case when w.word = any (t.swapped) then 0.5 else least(levenshtein(w.word, t.word), levenshtein(rtrim(w.word, 's'), t.word)) end
		- similarity(w.word, t.word) - ln(1 + w.n) / 5 - (left(w.word, 1) = left(t.word, 1))::int * 0.3, w.word
	limit wanted
$$;

-- The words of a question of which one or most are enough (« ou », « ~ »), and how rare each is.
create type search_part as (query tsquery, weight float8);
create function search_parts(q text) returns search_part[] language sql stable strict parallel safe
	set search_path to catalyse, public set client_min_messages to warning as $$
	select array_agg(row(x.query, ln(1 + n.total / (1 + search_count(x.query, 20000))))::search_part order by x.o)
	from (
		select search_query(m.word[1]) as query, min(m.o) as o
		from regexp_matches(search_spelling(left(q, 400)), '[[:alnum:]]{2,40}', 'g') with ordinality m (word, o)
		where q ~ '^\s*~|\s(ou|or|OU|OR)\s' and q !~ '["«“]|(^|\s)-' and search_key(m.word[1]) is not null and m.word[1] !~* '^(ou|or)$'
		group by 1 order by 2 limit 8
	) x, (select greatest(reltuples, 100) as total from pg_class where oid = 'catalyse.sheet_index'::regclass) n
	where numnode(x.query) > 0
$$;
comment on function search_parts(text) is 'the words of a question of which one or most are enough, and how rare each is; null for others';
-- Instead of the question itself where it has six words or more: most of eight, in all their choices, cost a second to rank.
create function search_any(parts search_part[]) returns tsquery language sql immutable strict parallel safe
	return (select string_agg('(' || p.query::text || ')', ' | ')::tsquery from unnest(parts) p);
comment on function search_any(search_part[]) is 'any of the words';

create function search_score(words tsvector, query tsquery, parts search_part[]) returns real language sql immutable parallel safe
	return floor(20 * (select sum(p.weight * case when not words @@ p.query then 0 when ts_filter(words, '{a}') @@ p.query then 1
			when ts_filter(words, '{b}') @@ p.query then 0.8 when ts_filter(words, '{d}') @@ p.query then 0.4 else 0.2 end)
			/ greatest(sum(p.weight), 1e-6) from unnest(parts) p)
		+ ln(greatest(ts_rank_cd(words, query), 1e-6)));
comment on function search_score(tsvector, tsquery, search_part[]) is
	'twenty times the share of the words that the text has, rare ones weighing more (title 1, summary 0.8, text 0.4, terms and names 0.2); then
	one step less each time they are e times as sparse; query: the question, or search_any() of its parts';

-- As it was, for the plural and the feminine of a word too: « élu », « élus » and « élues » are not one lexeme to the dictionary.
create or replace function search_expand() returns void language plpgsql security definer set search_path to catalyse, public as $$
declare
	r record;
begin
	delete from search_expansion;
	for r in
		select k.key, o.query
		from search_synonym s
		cross join lateral unnest(s.term || s.equivalents) with ordinality w (word, n)
		cross join lateral (
			select distinct search_keys(w.word || x.ending) as key from unnest(case when w.word ~ '^[[:lower:]]{2,}[^sx]$' then '{"",s,e,es}' else '{""}' end::text[]) x (ending)
		) k
		cross join lateral (
			select n, phraseto_tsquery('catalyse.catalyse_fr', translate(search_spelling(word), '-/_', '   ')) as query
			from unnest(s.term || s.equivalents) with ordinality e (word, n)
		) o
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
revoke execute on function search_expand() from public;
select search_expand();

-- What to ask instead of q, which finds nothing: with the words nobody wrote replaced by those of their family (famille), or, when
-- they are not French, by the closest ones (orthographe), or with most of the words instead of all (large), or any of them (un). Always
-- something that finds; no row when there is nothing to offer.
create or replace function search_repair(q text) returns table (instead text, reason text) language plpgsql stable
	set search_path to catalyse, public set client_min_messages to warning as $$
declare
	typed text;
	close text[];
	fixed text := left(q, 400);
	tries text[] := array[fixed];
	one text;
	how text := 'famille';
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
		close := array(select shown from search_kin(typed, 6) where search_finds(search_query(shown)) limit 3);
		if cardinality(close) = 0 and not search_is_french(typed) then
			-- a small word is what was meant, or it is not: « commen » is not « commune »
			close := array(select case when search_key(shown) is null then '' else shown end from search_neighbours(typed, 6)
				where search_key(shown) is null or search_finds(search_query(shown)) limit 3);
			close := case when close[1] = '' then array[''] else array_remove(close, '') end;
			how := case when cardinality(close) > 0 then 'orthographe' else how end;
		end if;
		if cardinality(close) > 0 then
			select array_agg(regexp_replace(t, '\m' || typed || '\M', c, 'g') order by o, p) into tries
			from unnest(tries) with ordinality a (t, o), unnest(close) with ordinality b (c, p);
		end if;
	end loop;
	if tries[1] <> fixed then
		foreach one in array tries[:27] loop
			if search_finds(search_query(one)) then
				return query values (one, how);
				return;
			end if;
		end loop;
	end if;
	one := '~ ' || ltrim(tries[1], '~ ');
	if search_query(one) <> search_query(q) and search_finds(search_query(one)) then
		return query values (one, case when tries[1] <> fixed then how else 'large' end);
		return;
	end if;
	select string_agg(m.word[1], ' ou ' order by m.o) into one
	from regexp_matches(search_spelling(tries[1]), '[[:alnum:]]{2,40}', 'g') with ordinality m (word, o)
	where search_key(m.word[1]) is not null and m.word[1] !~* '^(ou|or)$' and q !~ '(^|\s)-';
	if one ~ ' ' and search_finds(search_query(one)) then
		return query values (one, case when tries[1] <> fixed then how else 'un' end);
	end if;
end
$$;
commit;
