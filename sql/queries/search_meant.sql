-- name: search_meant
-- purpose: the words that a question which found little may have meant: a word that neither the dictionary nor a commune has, and that
--   finds nothing, or five times less than another a letter away, is replaced by that one. What is between quotes is meant as it is
--   (docs/design/recherche.md)
-- param: q text
-- column: meant text
-- rows: maybe
with typed as materialized (
	select m.word, immutable_unaccent(lower(m.word)) as bare, search_query(m.word) as query
	from (
		select distinct r.m[1] as word from regexp_matches(search_spelling(left($1, 400)), '[[:alpha:]]{4,40}', 'g') r (m)
		where $1 !~ '["«“]' limit 8
	) m
	where search_key(m.word) is not null
), suspect as materialized (
	select t.*, f.n as found, f.n = 0 and not exists (select from search_word w where w.word = t.bare) as unknown
	from typed t
	cross join lateral search_count(t.query, 40) f (n)
	where f.n < 40
		and not search_is_french(t.word)
		and not exists (select from territory p where p.search = t.bare)
)
select x.meant from (
	select regexp_replace(left($1, 400), '\m' || s.word || '\M', c.shown, 'g') as meant, s.found, c.o, s.word
	from suspect s
	cross join lateral search_neighbours(s.word, 6) with ordinality c (shown, n, o)
	cross join lateral search_query(c.shown) q
	where q <> s.query and case when s.unknown then search_finds(q)
		else levenshtein(s.bare, immutable_unaccent(lower(c.shown))) = 1
			and search_count(q, 200) >= 5 * greatest(s.found, 1) end
) x
where x.meant <> left($1, 400) and search_finds(search_query(x.meant))
order by x.found, x.o, x.word
limit 1
