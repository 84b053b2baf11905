-- name: account_role_remove
-- purpose: take a role away, with its sessions; no row when the account has it not
-- role: rw
-- param: id int
-- param: role text
-- param: territory text
-- param: theme text
-- param: espace text
-- column: id int
-- rows: maybe
with gone as (
	delete from account_role r where r.account_id = $1 and r.role = $2
		and r.territory_id is not distinct from (select t.id from territory t where t.type = split_part($3, ':', 1) and t.code = split_part($3, ':', 2))
		and r.term_id is not distinct from (select m.id from term m where m.code = $4 and m.scheme = 'theme')
		and r.espace_id is not distinct from (select e.id from espace e where e.code = $5)
	returning r.id
), cut as (
	delete from session s where s.account_id = $1 and exists (select from gone)
)
select id from gone
