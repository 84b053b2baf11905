-- name: space_awaits
-- purpose: what awaits a person, the most pressing first; what a reviewer may take is counted up to a bound
-- role: rw
-- param: actor int
-- param: reviews bool
-- param: most int
-- column: kind text
-- column: id int
-- column: type text
-- column: title text
-- column: n int
-- column: on_day text
-- column: code text
-- rows: many
with own as (
	select a.sheet_id from work_author a where a.account_id = $1
	union
	select w.sheet_id from structure_member m join work w on w.structure_id = m.structure_id where m.account_id = $1 and m.state = 'active'
)
select x.kind, x.id, x.type, x.title, x.n, x.on_day, x.code from (
	select 1 as place, 'changements' as kind, w.sheet_id as id, coalesce(w.content->>'type', '') as type, coalesce(btrim(w.content->>'titre'), '') as title,
		0 as n, coalesce(w.due_on::text, '') as on_day, '' as code
	from own o join work w on w.sheet_id = o.sheet_id where w.state = 'modifications_demandees'
	union all
	select 2, 'relecture', w.sheet_id, coalesce(w.content->>'type', ''), coalesce(btrim(w.content->>'titre'), ''), 0, coalesce(w.due_on::text, ''), ''
	from work w where w.reviewer_id = $1 and w.state = 'en_relecture'
	union all
	select 3, 'invitation', m.structure_id, '', o.name, 0, '', ''
	from structure_member m join structure o on o.id = m.structure_id where m.account_id = $1 and m.state = 'invitee'
	union all
	select 3, 'coecriture', w.sheet_id, coalesce(w.content->>'type', ''), coalesce(btrim(w.content->>'titre'), ''), 0, t.expires_at::date::text, t.hash
	from token t join account a on a.id = $1 and t.data->>'courriel' = a.email join work w on w.sheet_id = t.sheet_id
	where t.purpose = 'coauteur' and t.used_at is null and t.expires_at > now()
	union all
	select 4, 'demandes', m.structure_id, '', o.name, count(*)::int, '', ''
	from structure_member m join structure o on o.id = m.structure_id join structure_member d on d.structure_id = m.structure_id and d.state = 'demandee'
	where m.account_id = $1 and m.state = 'active' and m.role = 'responsable' group by m.structure_id, o.name
	union all
	select 4, 'revendications', d.structure_id, '', o.name, count(*)::int, '', ''
	from structure_member d join structure o on o.id = d.structure_id
	where $2 and d.state = 'demandee' and not exists (select from structure_deciders(d.structure_id) x where x.responsable) and structure_decides($1, d.structure_id)
	group by d.structure_id, o.name
	union all
	select 5, 'suggestions', g.sheet_id, s.type, s.title, count(*)::int, '', ''
	from own o join suggestion g on g.sheet_id = o.sheet_id and g.state = 'recue' join catalyse.sheet s on s.id = g.sheet_id group by g.sheet_id, s.type, s.title
	union all
	select 6, 'a_verifier', s.id, s.type, s.title, 0, '', ''
	from own o join catalyse.sheet s on s.id = o.sheet_id where s.state = 'a_actualiser'
	union all
	select 3, 'parcours_renvoye', w.id, '', coalesce(btrim(w.content->>'titre'), ''), 0, '', '' from parcours_work w where w.author_id = $1 and w.state = 'refusee'
	union all
	select 7, 'parcours', 0, '', '', count(*)::int, '', '' from parcours_work w where $2 and w.state = 'soumise' and w.author_id is distinct from $1 having count(*) > 0
	union all
	select 7, 'a_relire', 0, '', '', q.n, '', '' from (
		select count(*)::int as n from (select w.sheet_id from work w where $2 and w.state = 'soumise' order by w.submitted_at limit $3) w
		where 'relire' = any (work_rights($1, w.sheet_id))
	) q where q.n > 0
) x
order by x.place, x.on_day, x.id
