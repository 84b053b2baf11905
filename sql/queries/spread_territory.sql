-- name: spread_territory
-- purpose: what came to a territory from elsewhere, and what left it: sheets inspired by others, sheets tried. n: how many in all of that part.
--   part: venu, parti; what: inspire, essai; other: where it came from or went to
-- param: territory int
-- param: most int
-- column: part text
-- column: what text
-- column: n int
-- column: id int
-- column: type text
-- column: slug text
-- column: title text
-- column: outcome text
-- column: year int
-- column: other_id int
-- column: other_slug text
-- column: other_title text
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: place_in text
-- column: stone text
-- column: o bigint
-- rows: many
with inside as materialized (
	select i.sheet_id from sheet_index i where i.territories @> array[$1]
), move as (
	select 'venu' as part, 'inspire' as what, l.sheet_id as id, l.other_id as other, null::text as outcome, null::int as year, null::int as place, 0 as number
	from inside n join sheet_link l on l.sheet_id = n.sheet_id and l.kind = 'inspire' join sheet_index o on o.sheet_id = l.other_id
	where not o.territories @> array[$1]
	union all
	select 'parti', 'inspire', l.other_id, l.sheet_id, null, null, null, 0
	from inside n join sheet_link l on l.other_id = n.sheet_id and l.kind = 'inspire' join sheet_index o on o.sheet_id = l.sheet_id
	where not o.territories @> array[$1]
	union all
	select 'venu', 'essai', a.sheet_id, null, a.outcome, a.year, a.territory_id, a.id
	from territory_tree x join adoption a on a.territory_id = x.territory_id join sheet_index i on i.sheet_id = a.sheet_id
	where x.ancestor_id = $1 and not i.territories @> array[$1]
	union all
	select 'parti', 'essai', a.sheet_id, null, a.outcome, a.year, a.territory_id, a.id
	from inside n join adoption a on a.sheet_id = n.sheet_id
	where not exists (select from territory_tree x where x.territory_id = a.territory_id and x.ancestor_id = $1)
), ranked as (
	select m.*, count(*) over (partition by m.part)::int as n, row_number() over (partition by m.part order by m.what, m.year desc nulls last, m.number desc, m.id, m.other) as k
	from move m
)
select r.part, r.what, r.n, s.id, s.type, s.slug::text as slug, s.title::text as title, r.outcome, r.year, o.id as other_id, o.slug::text as other_slug,
	o.title::text as other_title, y.type as place_type, y.code as place_code, y.slug::text as place_slug, y.name::text as place_name,
	coalesce(nullif(y.name_in, ''), 'à ' || y.name) as place_in,
	case when y.type = 'pays' then 'FR' when y.type in ('commune', 'epci') then up.code else y.code end as stone, r.k as o
from ranked r
join sheet s on s.id = r.id
left join sheet o on o.id = r.other
left join lateral (select st.territory_id from sheet_territory st where st.sheet_id = case r.part when 'venu' then coalesce(r.other, r.id) else r.other end
	order by st.territory_id limit 1) w on true
left join territory y on y.id = case when r.what = 'essai' then r.place else w.territory_id end
left join territory up on up.id = y.parent_id
where r.k <= $2
order by r.part desc, o
