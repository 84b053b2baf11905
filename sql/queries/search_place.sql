-- name: search_place
-- purpose: the place that a question names by its whole name, its postal code or, alone, the number of a département, and what else it
--   asks (rest): « numérique à La Réunion » is « numérique », and La Réunion. Of several, one that other words place (« Saint-Denis de
--   la Réunion », « Saint-Benoît 974 »), then the longest name, then a town after « à », the widest, the most peopled. Rows: the place
--   (lieu), others of that name (autre), the département and the région that contain it (autour). sure: it can only be the place: a postal
--   code, or a name whose small words tell it from a word (« La Réunion »). known: a place that most know, and mean by that name. said: so
--   written that it is likely meant. Nothing between quotes is a place
-- param: q text
-- column: part text
-- column: key text
-- column: name_in text
-- column: rest text
-- column: sure bool
-- column: known bool
-- column: said bool
-- rows: many
with typed as materialized (
	select w.o::int as o, w.word, btrim(regexp_replace(territory_search_normalise(w.word || ' x'), ' ?x$', '')) as bare, count(*) over () as n
	from regexp_split_to_table(btrim(left($1, 200)), '\s+') with ordinality w (word, o)
	where $1 !~* '["«“~]|(^|\s)(-|ou\s|or\s)' -- neither what is left out nor a choice
), span as materialized (
	select a.o as first, b.o as last, s.said, s.bare, a.o = 1 and b.o = b.n as whole
	from typed a
	join typed b on b.o between a.o and a.o + 5
	cross join lateral (
		select string_agg(m.word, ' ' order by m.o) as said, string_agg(m.bare, ' ' order by m.o) as bare
		from typed m where m.o between a.o and b.o
	) s
	where b.n <= 16 and length(s.bare) > 1
), named as materialized (
	-- by the index, with any plan; « la Creuse » is Creuse, but « la fontaine » no Fontaine; « au Havre » is Le Havre
	select t.*, s.first, s.last, s.said, t.search = s.bare as exact,
		x.short and not s.whole and not (s.first > 1 and s.said ~ '^[[:upper:]]') as weak
	from span s
	cross join lateral (
		select s.bare as name, false as wide, false as short
		union select regexp_replace(s.bare, '^[dl] ', ''), false, false
		union select regexp_replace(s.bare, '^(la|le|les|du|de|des) ', ''), true, false
		union select regexp_replace(regexp_replace(s.bare, '^(au|du) ', 'le '), '^(aux|des) ', 'les '), false, false
		union select x || ' ' || s.bare, not s.whole, true from unnest('{la,le,les}'::text[]) x
	) x
	cross join lateral (select * from territory t where t.search ~>=~ x.name and t.search ~<=~ x.name) t
	where t.type <> 'pays' and t.valid_to is null and (not x.wide or x.name = s.bare or t.type in ('region', 'departement', 'collectivite'))
	union all
	select t.*, s.first, s.last, s.said, true, false
	from span s
	join territory t on t.postcodes @> array[s.bare]
	where s.first = s.last and s.bare ~ '^[0-9]{5}$' and t.valid_to is null
		and (s.whole or (s.bare !~ '000$' and not exists (select from typed w where w.o = s.last + 1))) -- « 10000 euros » is no place
	union all
	select t.*, 1, 1, w.word, true, false
	from typed w
	join territory t on t.type = 'departement' and t.code = upper(w.bare) and t.valid_to is null
	where w.n = 1
), placed as (
	-- the other words that say which place of that name
	select n.*, array(
			select t.o from typed t left join territory d on d.id = n.parent_id
			where t.o not between n.first and n.last and (t.bare in (lower(d.code), lower(n.code)) or t.bare = any (n.postcodes))
			union all
			select t.o from named m join territory_tree tt on tt.territory_id = n.id and tt.ancestor_id = m.id and tt.depth > 0
				join typed t on t.o between m.first and m.last
			where (m.last < n.first or m.first > n.last) and n.type = 'commune' and m.type in ('departement', 'region', 'collectivite')
		) as by,
		coalesce((select lower(t.word) from typed t where t.o = n.first - 1), '') as lead
	from named n
	where not n.weak
), best as (
	select p.*, (
			-- what comes before without the words that led to the place, and what comes after
			select btrim(regexp_replace(coalesce(regexp_replace(string_agg(t.word, ' ' order by t.o) filter (where t.o < p.first),
				'(^|\s)((à|a|en|dans|sur|pour|vers|chez|près|pres|autour|de|du|des|d''|au|aux|le|la|les|l'')(\s+|$))+$', ' ', 'i'), '')
				|| ' ' || coalesce(string_agg(t.word, ' ' order by t.o) filter (where t.o > p.last), ''), '\s+', ' ', 'g'))
			from typed t where t.o <> all (p.by)
		) as rest
	from placed p
	where p.type <> 'commune' or p.lead not in ('la', 'le', 'les', 'un', 'une', 'des', 'du', 'au', 'aux', 'ce', 'cette', 'mon', 'ma', 'son', 'sa', 'plus', 'pas')
	order by cardinality(p.by) = 0, p.last - p.first desc, not (p.type = 'commune' and p.population >= 10000 and p.lead in ('à', 'a')),
		array_position('{region,collectivite,departement,commune,epci}', p.type), not p.exact, p.population desc nulls last, p.id
	limit 1
), others as (
	select p.id, p.population from placed p join best b on p.first = b.first and p.last = b.last and p.id <> b.id
	where b.type = 'commune' and p.type = 'commune' and cardinality(b.by) = 0
	group by p.id, p.population
	order by p.population desc nulls last, p.id limit 3
), told as (
	select b.*, b.said ~ '^[0-9]{3,5}$' as coded, b.type in ('region', 'departement', 'collectivite') as wide, cardinality(b.by) > 0 as placed,
		-- « Vieux », « École », « Sens »: many names are words first; among small letters, these are no place but after « à »
		$1 ~ '[[:lower:]]' and b.first > 1 and b.said ~ '[[:upper:]][^[:space:]]*$' as capital,
		regexp_replace(b.search, '^(la|le|les|l) ', '') ~ ' ' as long,
		b.search in ('ain', 'allier', 'aube', 'cher', 'creuse', 'gers', 'indre', 'landes', 'loire', 'lot', 'manche', 'marne', 'nord', 'orne', 'somme', 'var',
			'vienne', 'cannes', 'croix', 'fontaine', 'grasse', 'la garde', 'la possession', 'le port', 'le robert', 'le tampon', 'moulins', 'nice', 'orange',
			'plaisir', 'saintes', 'sarcelles', 'sens', 'tours', 'vannes') or (b.search = 'la reunion' and not b.exact) as word,
		not exists (select from others o where o.population >= 2000 or o.population * 20 >= b.population) as alone
	from best b
	where b.rest = '' or numnode(search_query(b.rest)) > 0
)
select case when r.id = a.id then 'lieu' when o.id is not null then 'autre' else 'autour' end as part, a.type || ':' || a.code as key,
	a.name_in || case when a.type = 'commune' then ' (' || d.code || ')' else '' end as name_in, r.rest,
	r.coded or (r.exact and r.search ~ '^(la|le|les|l) ' and r.wide and (r.rest = '' or r.capital)) as sure,
	r.coded or r.placed or case when r.wide then not r.word or r.capital or r.said ~* '^(la|le|les) |^l[''’]' or r.lead in ('en', 'la', 'le', 'les', 'l')
		else (r.population >= 20000 or r.long) and r.alone and (not r.word or r.capital or r.lead in ('à', 'a')) end as known,
	r.coded or r.placed or case when r.wide then r.rest = '' or not r.word or r.capital
		else r.long or (r.population >= 20000 and (r.rest = '' or not r.word or r.capital or r.lead in ('à', 'a')))
			or (r.population >= 2000 and r.capital) end as said
from told r
join (
	select id, null::int as other from told union all select id, id from others
	union all
	select tt.ancestor_id, null from told r join territory_tree tt on tt.territory_id = r.id and tt.ancestor_id <> r.id
		join territory x on x.id = tt.ancestor_id
	where x.type in ('departement', 'region', 'collectivite') and territory_rank(x.type) > territory_rank(r.type)
) w (id, other) on true
join territory a on a.id = w.id
left join territory d on d.id = a.parent_id
left join others o on o.id = w.other
order by a.id <> r.id, o.id is null, o.population desc nulls last, territory_rank(a.type), a.code
