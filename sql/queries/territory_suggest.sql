-- name: territory_suggest
-- purpose: territories for what a visitor types: code, postal code, name, start of a name or of a word, then look-alikes
-- param: text text
-- param: size int
-- column: id int
-- column: type text
-- column: code text
-- column: slug text
-- column: name text
-- column: name_in text
-- column: stone text
-- column: population int
-- column: label text
-- column: alike bool
-- column: named bool
-- column: total bigint
-- rows: many
-- "saint benoit 974": a département's code at the end narrows. ~>=~ and ~<~ walk the index of starts with any plan.
with asked as (
	select w.whole, coalesce(m.parts[1], w.whole) as words, upper(m.parts[2]) as departement
	from (
		select regexp_replace(territory_search_normalise(left($1, 120)), -- an arrondissement is no commune of the list
			'^(paris|lyon|marseille) (0?[1-9]|1[0-9]|20)( ?(er|e|eme))?( arrondissement)?$', '\1') as whole
	) w
	left join lateral regexp_match(w.whole, '^(.*[a-z].*) (2a|2b|[0-9]{2}|9[78][0-9])$') m(parts) on true
	where w.whole <> ''
),
sure as (
	select t.id, 0 as rank from asked a join territory t on t.code = upper(a.whole)
	union all
	select f.successor_id, 1 from asked a join territory_former f on f.code = upper(a.whole)
	union all
	select t.id, 1 from asked a join territory t on t.postcodes @> array[a.whole] where a.whole ~ '^[0-9]{5}$'
	union all
	select t.id, case when t.search = a.words then 2 else 3 end
	from asked a join territory t on t.search ~>=~ a.words and t.search ~<~ (a.words || '~')
	union all
	select t.id, case when t.search in ('le ' || a.words, 'la ' || a.words, 'les ' || a.words, 'l ' || a.words) then 2 else 4 end
	from asked a join territory t on t.search like '% ' || a.words || '%' where length(a.words) >= 3
	union all
	select f.successor_id, 5 from asked a join territory_former f on f.search ~>=~ a.words and f.search ~<~ (a.words || '~')
	where length(a.words) >= 3
),
fitting as (
	select s.id, s.rank, 0::real as far
	from sure s join territory t on t.id = s.id left join territory d on d.id = t.parent_id cross join asked a
	where t.valid_to is null and (a.departement is null or t.code = a.departement or d.code = a.departement)
),
alike as (
	select t.id, 6 as rank, (a.words <-> t.search)::real as far
	from asked a join territory t on t.search % a.words
	left join territory d on d.id = t.parent_id
	where length(a.words) >= 4 and t.valid_to is null and (a.departement is null or t.code = a.departement or d.code = a.departement)
		and not exists (select from fitting)
),
best as (
	select id, min(rank) as rank, min(far) as far from (select * from fitting union all select * from alike) u group by id
)
select t.id, t.type, t.code, t.slug, t.name, t.name_in,
	case when t.type in ('commune', 'epci') then d.code else t.code end as stone, t.population,
	t.name || case t.type when 'commune' then ' (' || d.code || ')' when 'epci' then ' (EPCI, ' || d.code || ')'
		when 'region' then ' (région)' when 'pays' then '' else ' (' || t.code || ')' end as label, b.rank = 6 as alike, b.rank <= 2 as named,
	count(*) over () as total
from best b join territory t on t.id = b.id left join territory d on d.id = t.parent_id
order by b.rank, b.far, t.population desc nulls last,
	case t.type when 'commune' then 0 when 'departement' then 1 else 2 end, t.code
limit least(greatest($2, 1), 50);
