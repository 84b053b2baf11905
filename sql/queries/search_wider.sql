-- name: search_wider
-- purpose: what to look for besides, when few sheets have all the words of a question: most of its words ("~ ..."), or any of them where hardly more sheets have most;
--   nothing for one word, nor for the name of a place, nor where what is wanted was said: between quotes, left out, a choice. What hyphens join is one word
-- param: q text
-- column: wider text
-- rows: maybe
with asked as materialized (
	select x.q, search_query(x.q) as query from (select left($1, 400) as q) x
	where x.q !~* '["«“~]|(^|\s)(-\S|ou\s|or\s)' and not exists (select from territory t where t.search = territory_search_normalise(x.q))
), tried as (
	select 0 as o, '~ ' || a.q as wider from asked a
	union all
	select 1, min(a.q) || ' ou ' || string_agg(m.word[1], ' ou ' order by m.o) -- what is found by several words said together too
	from asked a, regexp_matches(search_spelling(a.q), '[[:alnum:]]{2,40}(?:-[[:alnum:]]+)*', 'g') with ordinality m (word, o)
	where search_key(m.word[1]) is not null and m.word[1] !~* '^(ou|or)$'
)
select t.wider
from asked a cross join tried t
cross join lateral search_query(t.wider) w (query)
cross join lateral (select count(*) from (select from sheet_index i where i.words @@ w.query limit 6) x) f (n)
where w.query <> a.query and f.n > (select count(*) from (select from sheet_index i where i.words @@ a.query limit 6) x)
order by f.n < 5, t.o
limit 1
