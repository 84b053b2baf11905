-- name: review_case
-- purpose: a sheet being read over, as somebody may see it: its text and who holds it, what is public, what this person may do
-- role: rw
-- param: actor int
-- param: sheet int
-- column: id int
-- column: state text
-- column: public_state text
-- column: rev int
-- column: round int
-- column: rights text[]
-- column: rank int
-- column: type text
-- column: title text
-- column: structure text
-- column: saved_at text
-- column: submitted_at text
-- column: due_on date
-- column: overdue bool
-- column: note text
-- column: reviewer_id int
-- column: reviewer text
-- column: version int
-- column: slug text
-- column: public_title text
-- column: withdrawn_reason text
-- column: place_type text
-- column: place_code text
-- column: place text
-- column: stone text
-- column: appealed_id int
-- column: withdrawer_id int
-- column: appeal bool
-- column: is_admin bool
-- column: own bool
-- column: first_sheet bool
-- rows: maybe
select x.id, coalesce(w.state, 'publiee') as state, coalesce(s.state::text, '') as public_state, coalesce(w.rev, 0) as rev, coalesce(w.round, 0) as round,
	work_rights($1, x.id) as rights, work_reviewer_rank($1, c.content) as rank, coalesce(c.content->>'type', 'exemple') as type,
	coalesce(nullif(btrim(c.content->>'titre'), ''), 'Fiche sans titre') as title, coalesce(st.name, '') as structure,
	to_char(w.saved_at at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI') as saved_at,
	to_char(w.submitted_at at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI') as submitted_at,
	w.due_on, coalesce(w.due_on < current_date and w.state in ('soumise', 'en_relecture', 'modifications_demandees'), false) as overdue,
	coalesce(w.note, '') as note, w.reviewer_id, coalesce(rc.name, case when w.reviewer_id is not null then 'contributeur supprimé' end) as reviewer,
	coalesce(s.version, 0) as version, coalesce(s.slug::text, '') as slug, coalesce(s.title, '') as public_title,
	coalesce(s.withdrawn_reason, '') as withdrawn_reason, p.type as place_type, p.code as place_code, coalesce(p.name, '') as place,
	case when p.type = 'pays' then 'FR' when p.type in ('commune', 'epci') then coalesce(up.code, '?') else coalesce(p.code, '?') end as stone,
	review_appealed(x.id) as appealed_id, case when s.state in ('retiree', 'fusionnee') then review_withdrawer(x.id) end as withdrawer_id,
	exists (select from review_message m where m.sheet_id = x.id and m.kind = 'appel' and m.settled_at is null) as appeal,
	exists (select from account_role r where r.account_id = $1 and r.role = 'administrateur') as is_admin,
	exists (select from work_author o where o.sheet_id = x.id and o.account_id = $1) or exists (select from structure_member m
		where m.structure_id = coalesce(w.structure_id, s.structure_id) and m.account_id = $1 and m.state = 'active') as own,
	s.id is null and not exists (select from work_author a join work_author b on b.account_id = a.account_id join catalyse.sheet o on o.id = b.sheet_id
		where a.sheet_id = x.id) as first_sheet
from (select $2::int as id) x
left join work w on w.sheet_id = x.id
left join catalyse.sheet s on s.id = x.id
cross join lateral (select coalesce(w.content, work_content_of(x.id)) as content) c
left join structure st on st.id = coalesce(w.structure_id, s.structure_id)
left join contributor rc on rc.id = w.reviewer_id
left join lateral (select t.* from unnest(work_territories(c.content)) i (id) join territory t on t.id = i.id order by (t.type = 'pays'), t.id limit 1) p on true
left join territory up on up.id = p.parent_id
where c.content is not null
