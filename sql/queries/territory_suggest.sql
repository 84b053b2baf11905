-- name: territory_suggest
-- purpose: the territories a few words, a code or a postal code may mean; the best first: exact code, postal code, whole name,
--   beginning of the name, beginning of a word, then likeness; within a rank the most populated. "saint benoit 974" narrows
--   to a département
-- param: text text
-- param: taille int
-- column: rank int
-- column: id int
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: name_in text
-- column: stone text
-- column: population int
-- rows: many
with typed as materialized (
	select upper(btrim($1)) as code, s.words, coalesce(m[1], s.words) as name, upper(m[2]) as departement
	from (select territory_search_normalise($1) as words) s
	left join lateral regexp_match(s.words, '^(.*[a-z].*) (2a|2b|[0-9]{2,3})$') m on true
), hit as (
	select 0 as rank, t.id from typed join territory t on t.code = typed.code where t.type <> 'pays'
	union all
	select 1, t.id from typed join territory t on t.postcodes @> array[typed.code] where typed.code ~ '^[0-9]{5}$'
	union all
	select 2, t.id from typed join territory t on t.search = typed.name where t.type <> 'pays' and typed.name <> ''
	union all
	(select 3, t.id from typed join territory t on t.search ~>=~ typed.name and t.search ~<~ (typed.name || chr(1114111))
		and t.search like replace(replace(typed.name, '%', ''), '_', '') || '%'
		where t.type <> 'pays' and typed.name <> '' order by t.population desc nulls last limit 400)
	union all
	(select 4, t.id from typed join territory t on t.search like '% ' || replace(replace(typed.name, '%', ''), '_', '') || '%'
		where t.type <> 'pays' and length(typed.name) >= 3 order by t.population desc nulls last limit 100)
	union all
	(select 5, t.id from typed join territory t on t.search % typed.name
		where t.type <> 'pays' and length(typed.name) >= 4 order by similarity(t.search, typed.name) desc limit 10)
)
select min(h.rank) as rank, t.id, t.type, t.code, t.slug, t.name, t.name_in,
	case when t.type in ('commune', 'epci') then up.code else t.code end as stone, t.population
from hit h
join territory t on t.id = h.id and t.valid_to is null
left join territory up on up.id = t.parent_id
cross join typed
where typed.departement is null or up.code = typed.departement or t.code = typed.departement
group by t.id, up.code
order by min(h.rank), case when min(h.rank) = 5 then similarity(t.search, (select name from typed)) end desc nulls last,
	t.population desc nulls last, t.code
limit $2
