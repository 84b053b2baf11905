-- name: space_structures
-- purpose: the structures a person belongs to, is invited to or asked for
-- role: rw
-- param: actor int
-- column: id int
-- column: name text
-- column: role text
-- column: state text
-- column: sheets int
-- rows: many
select o.id, o.name, m.role, m.state, (select count(*)::int from (
	select w.sheet_id from work w where w.structure_id = o.id
	union
	select s.id from catalyse.sheet s where s.structure_id = o.id) x) as sheets
from structure_member m join structure o on o.id = m.structure_id
where m.account_id = $1
order by m.state, o.name, o.id
