-- name: catalyst_around
-- purpose: what a catalyst's page shows around it: the practices and their activities, those it exercises; who holds each practice on
--   its territory (its intercommunalité when it works in one only, else its département; practice "+" first where there may be others than those said); the events that name it, where its structure speaks, that its sheets come from,
--   or that happen there, the last first (parent: why, code: the year)
-- param: id int
-- column: part text
-- column: code text
-- column: label text
-- column: parent text
-- column: lit bool
-- column: id int
-- column: slug text
-- column: name text
-- column: date date
-- column: o int
-- rows: many
with place as materialized (
	select t.id, t.type, t.code, t.slug, t.name, t.name_in from (
		select min(a.territory_id) as id, 0 as o from catalyst_area a join territory y on y.id = a.territory_id
		where a.catalyst_id = $1 having count(*) = 1 and min(y.type) = 'epci'
		union all
		(select tt.ancestor_id, 1 from (
			select c.territory_id, 0 as o from catalyst c where c.id = $1 and c.territory_id is not null
			union all
			select a.territory_id, 1 from catalyst_area a where a.catalyst_id = $1
		) s join territory_tree tt on tt.territory_id = s.territory_id join territory d on d.id = tt.ancestor_id and d.type in ('departement', 'collectivite')
		order by s.o, tt.ancestor_id limit 1)
	) p join territory t on t.id = p.id
	order by p.o limit 1
)
select 'pratique' as part, t.code, t.label, coalesce(up.code, '') as parent, ct.term_id is not null as lit,
	t.id, '' as slug, t.definition as name, null::date as date, coalesce(up.position, t.position) * 1000 + case when up.id is null then 0 else t.position + 1 end as o
from term t
left join term up on up.id = t.parent_id
left join catalyst_term ct on ct.term_id = t.id and ct.catalyst_id = $1
where t.scheme in ('pratique', 'activite') and (t.valid_to is null or t.valid_to > current_date)
union all
select 'lieu', p.code, p.name, p.type, false, 0, p.slug, p.name_in, null, 0 from place p
union all
select 'tient', s.practice, s.label, '', coalesce(s.catalyst_id = $1, false), s.catalyst_id, s.slug, s.name, null,
	row_number() over (order by s.rank, s.name collate "fr-x-icu", s.catalyst_id)::int
from place p cross join lateral territory_holders(p.id, $1) s
union all
(select 'evenement', to_char(e.starts_on, 'YYYY'), e.title, min(w.why), e.starts_on >= current_date, e.id, e.address, e.place,
	case when e.date_known = 'jour' then e.starts_on end, row_number() over (order by e.starts_on desc, e.id)::int
from (
	select ec.event_id, '1 cité' as why from event_catalyst ec where ec.catalyst_id = $1
	union all
	select es.event_id, '2 structure' from catalyst c join event_speaker es on es.structure_id = c.structure_id where c.id = $1
	union all
	select es.event_id, '3 fiche' from sheet_catalyst sc join event_sheet es on es.sheet_id = sc.sheet_id where sc.catalyst_id = $1
	union all
	select e.id, '4 territoire' from place p join territory_tree tt on tt.ancestor_id = p.id join event e on e.territory_id = tt.territory_id
) w join event e on e.id = w.event_id
where e.status not in ('annule', 'reporte')
group by e.id
order by e.starts_on desc, e.id limit 6)
order by part, o
