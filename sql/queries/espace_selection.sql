-- name: espace_selection
-- purpose: the sheets a front office has chosen, those it placed first, in its order, then those its rule takes, the best proven first
-- param: espace int
-- param: most int
-- column: id int
-- column: type text
-- column: slug text
-- column: title text
-- column: summary text
-- column: evidence smallint
-- column: verified_on date
-- column: national bool
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: stone text
-- column: total int
-- rows: many
with chosen as (
	select i.sheet_id, es.position, i.evidence, i.verified_on, es.sheet_id is not null as placed, (count(*) over ())::int as total
	from sheet_index i left join espace_sheet es on es.sheet_id = i.sheet_id and es.espace_id = $1::int
	where i.vals @> array[4000000 + $1::int]
	order by placed desc, es.position, i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit $2::int
)
select s.id, s.type, s.slug::text as slug, s.title, s.summary, s.evidence, s.verified_on,
	exists (select from sheet_territory st join territory t on t.id = st.territory_id where st.sheet_id = s.id and t.type = 'pays') as national,
	l.type as place_type, l.code as place_code, l.slug as place_slug, l.name as place_name, l.stone as stone, c.total as total
from chosen c join sheet s on s.id = c.sheet_id
left join lateral (
	select t.type, t.code, t.slug, t.name, case when t.type = 'pays' then 'FR' when t.type in ('commune', 'epci') then up.code else t.code end as stone
	from sheet_territory st join territory t on t.id = st.territory_id left join territory up on up.id = t.parent_id
	where st.sheet_id = s.id order by (t.type = 'pays'), t.id limit 1
) l on true
order by c.placed desc, c.position, c.evidence desc, c.verified_on desc nulls last, s.id
