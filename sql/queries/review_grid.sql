-- name: review_grid
-- purpose: the criteria in order, with the answers of a round, one row an answer
-- role: rw
-- param: sheet int
-- param: round int
-- column: code text
-- column: label text
-- column: help text
-- column: principal bool
-- column: reviewer_id int
-- column: invitation_id int
-- column: who text
-- column: verdict text
-- column: comment text
-- rows: many
select k.code, k.label, k.help, k.principal, a.reviewer_id, a.invitation_id,
	case when a.invitation_id is not null then i.name when a.reviewer_id is not null then coalesce(c.name, 'contributeur supprimé') end as who,
	coalesce(a.verdict, '') as verdict, coalesce(a.comment, '') as comment
from criterion k
left join review_answer a on a.criterion = k.code and a.sheet_id = $1 and a.round = $2
left join contributor c on c.id = a.reviewer_id
left join review_invitation i on i.id = a.invitation_id
where k.active or a.id is not null
order by k.position, k.code, a.id
