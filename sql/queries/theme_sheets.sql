-- name: theme_sheets
-- purpose: the best sheets of a thématique, so many of each kind, those of a territory (or of what contains it) first
-- param: theme text
-- param: type text
-- param: code text
-- param: most int
-- column: id int
-- column: type text
-- column: slug text
-- column: title text
-- column: summary text
-- column: evidence smallint
-- column: origin text
-- column: version int
-- column: verified_on date
-- column: created_at text
-- column: modified_at text
-- column: licence text
-- column: language text
-- column: ref text
-- column: source_label text
-- column: source_url text
-- column: here bool
-- column: national bool
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: stone text
-- rows: many
with want as materialized (
	select (select id from term where scheme = 'theme' and code = $1) as theme, p.id as inside,
		(select array_agg(tt.ancestor_id) from territory_tree tt where tt.territory_id = p.id) as around,
		(select id from territory where type = 'pays') as nation
	from (select 1) one left join territory p on p.type = $2 and p.code = $3
), ranked as (
	select i.sheet_id, i.type, i.evidence, i.verified_on, coalesce(i.territories @> array[w.inside], false) as here,
		i.own_territories @> array[w.nation] as national,
		row_number() over (partition by i.type order by coalesce(i.territories @> array[w.inside], false) desc, coalesce(i.own_territories && w.around, false) desc,
			i.evidence desc, i.verified_on desc nulls last, i.sheet_id) as r
	from want w join sheet_index i on i.terms @> array[w.theme]
)
select s.id, s.type, s.slug::text as slug, s.title, s.summary, s.evidence, s.origin::text as origin, s.version, s.verified_on,
	to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
	to_char(s.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at, s.licence, s.language, s.ref::text as ref, s.source_label,
	s.source_url::text as source_url, r.here, r.national, l.type as place_type, l.code as place_code, l.slug::text as place_slug, l.name as place_name,
	l.stone
from ranked r
join sheet s on s.id = r.sheet_id
left join lateral (
	select t.type, t.code, t.slug, t.name, case when t.type = 'pays' then 'FR' when t.type in ('commune', 'epci') then up.code else t.code end as stone
	from sheet_territory st join territory t on t.id = st.territory_id left join territory up on up.id = t.parent_id
	where st.sheet_id = s.id
	order by (t.type = 'pays'), exists (select from territory_tree tt where tt.territory_id = t.id and tt.ancestor_id = (select inside from want)) desc, t.id
	limit 1
) l on true
where r.r <= $4
order by array_position(array['methode', 'exemple', 'donnee', 'outil', 'competence'], r.type), r.r
