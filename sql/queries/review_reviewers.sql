-- name: review_reviewers
-- purpose: who may be given a sheet to read over: those whose territory or theme it is first
-- role: rw
-- param: sheet int
-- column: id int
-- column: name text
-- column: rank int
-- column: held int
-- column: away bool
-- rows: many
select a.id, coalesce(c.name, '') as name, work_reviewer_rank(a.id, w.content) as rank,
	(select count(*)::int from work o where o.reviewer_id = a.id and o.state = 'en_relecture') as held,
	exists (select from account_absence b where b.account_id = a.id and current_date between b.from_on and b.to_on) as away
from work w cross join account a join contributor c on c.id = a.id
where w.sheet_id = $1 and a.state = 'actif' and exists (select from account_role r where r.account_id = a.id) and 'relire' = any (work_rights(a.id, $1))
	and review_appealed($1) is distinct from a.id
order by away, rank desc, held, a.id limit 60
