-- name: spread_tree
-- purpose: the tree one sheet is in, or all of them (no sheet): each sheet with its parent and how many tried it, by outcome; then where each is
--   from and where it was tried. also: what else inspired it. departement: where it goes on a map of départements; none: wider than one.
--   part: fiche, lieu, essai
-- param: sheet int
-- param: most int
-- column: part text
-- column: root int
-- column: id int
-- column: parent int
-- column: depth int
-- column: type text
-- column: slug text
-- column: title text
-- column: also text
-- column: done int
-- column: partly int
-- column: under_way int
-- column: given_up int
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: place_name text
-- column: stone text
-- column: departement text
-- column: outcome text
-- column: who text
-- column: year int
-- column: note text
-- column: o1 int
-- column: o2 bigint
-- rows: many
with tree as materialized (
	select l.*, row_number() over () as o from lineage($1, $2) l
), place as (
	select t.sheet_id, t.o, st.territory_id, null::text as outcome, null::text as who, null::int as year, null::text as note, 0 as number
	from tree t join sheet_territory st on st.sheet_id = t.sheet_id
	union all
	select t.sheet_id, t.o, a.territory_id, a.outcome, a.who, a.year::int, a.note, a.id from tree t join adoption a on a.sheet_id = t.sheet_id
)
select 'fiche' as part, t.root_id as root, s.id, t.parent_id as parent, t.depth, s.type, s.slug::text as slug, s.title::text as title,
	(select string_agg(p.title, ' ; ' order by p.id) from sheet_link l join sheet p on p.id = l.other_id where l.sheet_id = s.id and l.kind = 'inspire'
		and p.id is distinct from t.parent_id and p.state in ('publiee', 'a_actualiser')) as also,
	n.done, n.partly, n.under_way, n.given_up, null::text as place_type, null::text as place_code, null::text as place_slug, null::text as place_name,
	null::text as stone, null::text as departement, null::text as outcome, null::text as who, null::int as year, null::text as note, 1 as o1, t.o as o2
from tree t
join sheet s on s.id = t.sheet_id
cross join lateral (
	select count(*) filter (where a.outcome = 'reussi')::int as done, count(*) filter (where a.outcome = 'partiel')::int as partly,
		count(*) filter (where a.outcome = 'en_cours')::int as under_way, count(*) filter (where a.outcome = 'abandonne')::int as given_up
	from adoption a where a.sheet_id = t.sheet_id
) n
union all
select case when p.outcome is null then 'lieu' else 'essai' end, null, p.sheet_id, null, null, null, null, null, null, null, null, null, null, y.type, y.code, y.slug, y.name,
	case when y.type = 'pays' then 'FR' when y.type in ('commune', 'epci') then up.code else y.code end,
	case when y.type <> 'pays' then coalesce(
		(select d.code from territory_tree x join territory d on d.id = x.ancestor_id where x.territory_id = y.id and d.type in ('departement', 'collectivite')
			order by d.id = y.parent_id desc, d.id limit 1),
		(select d.code from territory d where d.parent_id = y.id and d.type = 'departement' and y.overseas limit 1)) end,
	p.outcome, p.who, p.year, p.note, case when p.outcome is null then 2 else 3 end, p.o * 100000 + p.number
from place p join territory y on y.id = p.territory_id left join territory up on up.id = y.parent_id
order by o1, o2, place_name
