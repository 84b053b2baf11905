-- name: structure_members
-- purpose: who belongs to a structure, is invited or asks; those who answer for it first
-- role: rw
-- param: id int
-- column: account_id int
-- column: name text
-- column: role text
-- column: state text
-- column: since text
-- column: message text
-- rows: many
select m.account_id, coalesce(c.name, 'contributeur supprimé') as name, m.role, m.state, m.since::date::text as since, m.message
from structure_member m join contributor c on c.id = m.account_id
where m.structure_id = $1
order by m.state, m.role desc, m.since, m.account_id
