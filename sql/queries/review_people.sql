-- name: review_people
-- purpose: who is written to about a sheet: its authors and those who answer for its structure; who holds its review
-- role: rw
-- param: sheet int
-- column: part text
-- column: id int
-- column: name text
-- column: email text
-- rows: many
select 'auteur' as part, a.id, coalesce(c.name, '') as name, a.email
from account a join contributor c on c.id = a.id
where a.state = 'actif' and (exists (select from work_author x where x.sheet_id = $1 and x.account_id = a.id)
	or exists (select from structure_member m where m.account_id = a.id and m.state = 'active' and m.role = 'responsable'
		and m.structure_id = coalesce((select w.structure_id from work w where w.sheet_id = $1), (select s.structure_id from catalyse.sheet s where s.id = $1))))
union all
select 'relecteur', a.id, coalesce(c.name, ''), a.email
from work w join account a on a.id = w.reviewer_id join contributor c on c.id = a.id
where w.sheet_id = $1 and a.state = 'actif' and 'relire' = any (work_rights(a.id, $1))
order by part, id
