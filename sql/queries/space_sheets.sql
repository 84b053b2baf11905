-- name: space_sheets
-- purpose: the sheets of a person and those of their structures, some of each state, the last touched first
-- role: rw
-- param: actor int
-- param: state text
-- param: skip int
-- param: most int
-- column: whose text
-- column: state text
-- column: total int
-- column: id int
-- column: type text
-- column: title text
-- column: slug text
-- column: online bool
-- column: structure text
-- column: on_day text
-- column: due_on text
-- rows: many
with mine as (
	select a.sheet_id as id, 'moi' as whose from work_author a where a.account_id = $1
	union
	select x.sheet_id, 'moi' from catalyse.sheet_author x where x.contributor_id = $1
), ours as (
	select w.sheet_id as id from structure_member m join work w on w.structure_id = m.structure_id where m.account_id = $1 and m.state = 'active'
	union
	select s.id from structure_member m join catalyse.sheet s on s.structure_id = m.structure_id where m.account_id = $1 and m.state = 'active'
), both_ as (
	select * from mine
	union all
	select o.id, 'structure' from ours o where o.id not in (select m.id from mine m)
), stated as (
	select b.id, b.whose, case when coalesce(w.state, 'publiee') = 'publiee' then coalesce(s.state::text, 'publiee') else w.state end as state,
		coalesce(w.structure_id, s.structure_id) as structure_id,
		case when coalesce(w.state, 'publiee') = 'publiee' then s.modified_at when w.state in ('soumise', 'en_relecture') then w.submitted_at
			when w.state in ('modifications_demandees', 'refusee') then w.decided_at else w.saved_at end as at,
		w.due_on
	from both_ b left join work w on w.sheet_id = b.id left join catalyse.sheet s on s.id = b.id
), ranked as (
	select x.*, count(*) over p as total, row_number() over (p order by x.at desc nulls last, x.id desc) as place
	from stated x where $2 = '' or x.state = $2 window p as (partition by x.whose, x.state)
)
select r.whose, r.state, r.total::int, r.id, coalesce(case when r.state in ('publiee', 'a_actualiser', 'archivee', 'retiree', 'fusionnee') then s.type end,
		w.content->>'type', s.type::text, '') as type,
	coalesce(nullif(btrim(case when w.state <> 'publiee' then w.content->>'titre' end), ''), s.title, '') as title, coalesce(s.slug, '') as slug,
	coalesce(s.state in ('publiee', 'a_actualiser', 'archivee'), false) as online, coalesce(o.name, '') as structure,
	coalesce((r.at at time zone 'Europe/Paris')::date::text, '') as on_day, coalesce(r.due_on::text, '') as due_on
from ranked r left join work w on w.sheet_id = r.id left join catalyse.sheet s on s.id = r.id left join structure o on o.id = r.structure_id
where r.place > $3 and r.place <= $3 + $4
order by r.whose, r.state, r.place
