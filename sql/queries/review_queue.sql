-- name: review_queue
-- purpose: what awaits somebody who reviews: taken by them, to be taken by territory, by theme, then elsewhere; what others hold; appeals
-- role: rw
-- param: actor int
-- param: state text
-- param: type text
-- param: territory text
-- param: late bool
-- column: part text
-- column: id int
-- column: type text
-- column: title text
-- column: state text
-- column: round int
-- column: submitted_at date
-- column: age int
-- column: due_on date
-- column: late bool
-- column: reviewer text
-- column: place text
-- column: stone text
-- column: authors text
-- column: answers int
-- column: first_sheet bool
-- column: updates bool
-- column: barred bool
-- rows: many
select case
		when q.state = 'appel' then 'appels'
		when q.state = 'en_relecture' and q.reviewer_id = $1 then 'miennes'
		when q.state = 'soumise' and q.rank = 3 then 'territoire'
		when q.state = 'soumise' and q.rank = 2 then 'theme'
		when q.state = 'soumise' then 'ailleurs'
		when q.state = 'en_relecture' then 'prises'
		else 'attente' end as part,
	q.id, coalesce(q.content->>'type', 'exemple') as type, coalesce(nullif(btrim(q.content->>'titre'), ''), 'Fiche sans titre') as title, q.state, q.round,
	q.since::date as submitted_at, (current_date - q.since::date) as age, q.due_on,
	coalesce(q.due_on < current_date, false) as late, case when q.reviewer_id is null then '' else coalesce(rc.name, 'contributeur supprimé') end as reviewer,
	coalesce(p.name, '') as place,
	case when p.type = 'pays' then 'FR' when p.type in ('commune', 'epci') then coalesce(up.code, '?') else coalesce(p.code, '?') end as stone,
	coalesce((select string_agg(coalesce(c.name, 'contributeur supprimé'), ', ' order by a.role, a.since) from work_author a join contributor c on c.id = a.account_id
		where a.sheet_id = q.id), '') as authors,
	(select count(*)::int from review_message m where m.sheet_id = q.id and m.round = q.round) as answers,
	not exists (select from catalyse.sheet s where s.id = q.id) and not exists (select from work_author a join work_author b on b.account_id = a.account_id
		join catalyse.sheet o on o.id = b.sheet_id where a.sheet_id = q.id) as first_sheet,
	exists (select from catalyse.sheet s where s.id = q.id) as updates,
	coalesce(case q.state when 'appel' then review_withdrawer(q.id) when 'soumise' then review_appealed(q.id) end = $1, false) as barred
from (
	select w.sheet_id as id, w.content, w.state, w.round, w.submitted_at as since, w.due_on, w.reviewer_id, work_reviewer_rank($1, w.content) as rank
	from work w where w.state in ('soumise', 'en_relecture', 'modifications_demandees')
	union all
	select w.sheet_id, w.content, 'appel', w.round, (select min(m.at) from review_message m where m.sheet_id = w.sheet_id and m.kind = 'appel' and m.settled_at is null),
		null, null, work_reviewer_rank($1, w.content)
	from work w where exists (select from review_message m where m.sheet_id = w.sheet_id and m.kind = 'appel' and m.settled_at is null)
		and exists (select from catalyse.sheet s where s.id = w.sheet_id and s.state in ('retiree', 'fusionnee'))
) q
left join contributor rc on rc.id = q.reviewer_id
left join lateral (select t.* from unnest(work_territories(q.content)) i (id) join territory t on t.id = i.id order by (t.type = 'pays'), t.id limit 1) p on true
left join territory up on up.id = p.parent_id
where q.rank > 0 and 'relire' = any (work_rights($1, q.id))
	and ($2 = '' or q.state = $2) and ($3 = '' or coalesce(q.content->>'type', 'exemple') = $3)
	and ($4 = '' or exists (select from unnest(work_territories(q.content)) i (id) join territory a on a.type || ':' || a.code = $4
		where a.id = i.id or exists (select from territory_tree tt where tt.territory_id = i.id and tt.ancestor_id = a.id)))
	and (not $5 or q.due_on < current_date)
order by q.due_on nulls last, q.since, q.id
limit 500
