-- name: compass_practices
-- purpose: the four practices and their activities, and, when help is asked, for each activity not often practised what helps to begin: sheets, one skill, and the catalysts who
--   practise it, or at least its practice, the nearest to the place first. part: pratique, activite (parent: its practice), fiche, catalyseur
--   (exact: that very activity), each under its activity
-- param: help bool
-- param: often text[]
-- param: territory int
-- column: part text
-- column: parent text
-- column: code text
-- column: label text
-- column: note text
-- column: id int
-- column: slug text
-- column: type text
-- column: place text
-- column: km float
-- column: exact bool
-- column: o1 int
-- column: o2 bigint
-- rows: many
with here as materialized (
	select t.id, t.point, (select array_agg(x.ancestor_id) from territory_tree x where x.territory_id = t.id) as circles,
		(select array_agg(u.id) from territory_tree x join territory u on u.id = x.ancestor_id where x.territory_id = t.id
			and u.type in ('departement', 'collectivite')) as departements
	from territory t where t.id = $3 and t.type <> 'pays'
), activity as materialized (
	select a.id, a.code, a.label, a.definition, a.parent_id, p.code as practice, p.position * 100 + a.position as o
	from term a join term p on p.id = a.parent_id
	where a.scheme = 'activite' and p.scheme = 'pratique' and (a.valid_to is null or a.valid_to > current_date)
)
select 'pratique' as part, null::text as parent, t.code, t.label::text as label, t.definition as note, t.id, null::text as slug, null::text as type, null::text as place,
	null::float as km, null::bool as exact, t.position * 100 as o1, -1::bigint as o2
from term t where t.scheme = 'pratique' and exists (select from activity a where a.parent_id = t.id)
union all
select 'activite', a.practice, a.code, a.label, a.definition, a.id, null, null, null, null, null, a.o, 0 from activity a
union all
select 'fiche', a.code, s.ref, s.title, s.summary, s.id, s.slug, s.type, null, null, null, a.o, s.o
from activity a
cross join lateral (
	select x.*, row_number() over (order by x.type = 'competence', x.type <> 'methode', x.score desc, x.id) as o
	from (
		select y.*, row_number() over (partition by y.type = 'competence' order by y.score desc, y.id) as k
		from (
			select s.ref, s.title, s.summary, s.id, s.slug, s.type,
				i.evidence + case when exists (select from here where i.territories && here.departements) then 2 else 0 end
					+ case i.type when 'methode' then 1.5 when 'outil' then 1 else 0 end as score
			from (select * from sheet_index z where z.terms @> array[a.id] limit 400) i join sheet s on s.id = i.sheet_id
		) y
	) x
	where x.k <= case when x.type = 'competence' then 1 else 2 end
) s
where $1 and a.code <> all (coalesce($2, '{}'))
union all
select 'catalyseur', a.code, c.ref, c.name, '', c.id, c.slug, c.kind, c.place, c.km, c.exact, a.o, 100 + c.o
from activity a
cross join lateral (
	select x.*, row_number() over (order by x.exact desc, x.rank, x.km nulls last, x.name, x.id) as o
	from (
		select k.id, k.ref, k.name, k.slug, k.kind, k.national, bool_or(ct.term_id = a.id) as exact, s.name as place,
			case when k.seat_precision = 'commune' then (select st_distance(k.point::geography, here.point::geography) / 1000 from here) end as km,
			case when exists (select from here join catalyst_area ca on ca.territory_id = any (here.circles) where ca.catalyst_id = k.id) then 0
				when exists (select from here join territory_tree x on x.ancestor_id = any (here.departements) where x.territory_id = k.territory_id) then 1
				when k.national then 2 else 3 end as rank
		from catalyst_term ct join catalyst k on k.id = ct.catalyst_id left join territory s on s.id = k.territory_id
		where ct.term_id in (a.id, a.parent_id) and k.state = 'publiee'
		group by k.id, s.name
	) x
	order by o limit 2
) c
where $1 and a.code <> all (coalesce($2, '{}'))
order by o1, o2
