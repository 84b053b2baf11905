-- name: search_place
-- purpose: the place that a question names by its whole name, its postal code or, alone, the number of a département, and what else it
--   asks: « numérique à La Réunion » is « numérique », and La Réunion. Of several, the longest name, then the widest place, then the
--   most peopled. sure: it can only be the place, whose small words belong to its name: « La Réunion ». said: so written that a place
--   is likely meant. Then the département and the région that contain it. Nothing between quotes is a place
-- param: q text
-- column: key text
-- column: name text
-- column: name_in text
-- column: rest text
-- column: sure bool
-- column: said bool
-- rows: many
with typed as materialized (
	select w.o::int as o, w.word, btrim(regexp_replace(territory_search_normalise(w.word || ' x'), ' ?x$', '')) as bare
	from regexp_split_to_table(btrim(left($1, 200)), '\s+') with ordinality w (word, o)
	where $1 !~ '["«“~]'
), span as materialized (
	select a.o as first, b.o as last, s.said, s.bare
	from typed a
	join typed b on b.o between a.o and a.o + 5
	cross join lateral (
		select string_agg(m.word, ' ' order by m.o) as said, string_agg(m.bare, ' ' order by m.o) as bare
		from typed m where m.o between a.o and b.o
	) s
	where b.o <= 16 and length(s.bare) > 1 and (select count(*) from typed) <= 16
), named as (
	select t.*, s.first, s.last, s.said
	from span s
	cross join lateral (select s.bare as name union select regexp_replace(s.bare, '^[dl] ', '')) x
	cross join lateral (select * from territory t where t.search ~>=~ x.name and t.search ~<=~ x.name) t -- by the index, with any plan
	where t.type <> 'pays'
	union all
	select t.*, s.first, s.last, s.said
	from span s
	join territory t on t.postcodes @> array[s.bare]
	where s.first = s.last and s.bare ~ '^[0-9]{5}$'
	union all
	select t.*, 1, 1, w.word
	from typed w
	join territory t on t.type = 'departement' and t.code = upper(w.bare)
	where (select count(*) from typed) = 1
), best as (
	select n.*, (
			-- « Saint-Benoît 974 »: the number says which, and is no word
			-- what comes before without the words that led to the place, and what comes after
			select btrim(coalesce(regexp_replace(string_agg(t.word, ' ' order by t.o) filter (where t.o < n.first),
				'(^|\s)((à|a|en|dans|sur|pour|vers|chez|près|pres|autour|de|du|des|d''|au|aux|le|la|les|l'')(\s+|$))+$', ' ', 'i'), '')
				|| ' ' || coalesce(string_agg(t.word, ' ' order by t.o) filter (where t.o > n.last), ''))
			from typed t
			where t.bare is distinct from n.number
		) as rest
	from (
		select n.*, (select t.bare from territory d join typed t on t.bare = lower(d.code) where d.id = n.parent_id limit 1) as number
		from named n where n.valid_to is null
	) n
	order by n.last - n.first desc, n.number is null, array_position('{region,collectivite,departement,commune,epci}', n.type), n.population desc nulls last, n.id
	limit 1
)
select a.type || ':' || a.code as key, a.name, a.name_in, r.rest,
	b.said ~ '^[0-9]' or b.search ~ '^(la|le|les|l) ' and b.type <> 'commune' and (r.rest = '' or b.said ~ '[[:upper:]][^[:space:]]*$') as sure,
	r.rest = '' or b.type <> 'commune' or b.said ~ '^[[:upper:]]' as said
from best b
cross join lateral (select case when numnode(search_query(b.rest)) > 0 then b.rest else '' end as rest) r
join territory_tree tt on tt.territory_id = b.id
join territory a on a.id = tt.ancestor_id
where a.id = b.id or (a.type in ('departement', 'region', 'collectivite') and territory_rank(a.type) > territory_rank(b.type))
order by a.id <> b.id, territory_rank(a.type), a.code
