-- name: account_role_add
-- purpose: a role for an account, at a place, a theme or an espace; its sessions end. No row when it has it, or there is no such place
-- role: rw
-- param: id int
-- param: role text
-- param: territory text
-- param: theme text
-- param: espace text
-- param: granted_by int
-- column: id int
-- rows: maybe
with put as (
	insert into account_role (account_id, role, territory_id, term_id, espace_id, granted_by)
	select $1, $2, t.id, m.id, e.id, $6
	from (select) one
	left join territory t on t.type = split_part($3, ':', 1) and t.code = split_part($3, ':', 2)
	left join term m on m.code = $4 and m.scheme = 'theme'
	left join espace e on e.code = $5
	where num_nulls(t.id, m.id, e.id) = num_nulls($3, $4, $5)
	on conflict do nothing
	returning id
), cut as (
	delete from session s where s.account_id = $1 and exists (select from put)
)
select id from put
