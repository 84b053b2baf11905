-- name: staff_list
-- purpose: who has a role, where, given by whom; of one account when it is named, one role when it is
-- role: rw
-- param: account int
-- param: role int
-- column: id int
-- column: account_id int
-- column: name text
-- column: email text
-- column: state text
-- column: totp bool
-- column: role text
-- column: territory text
-- column: theme text
-- column: espace text
-- column: scope text
-- column: granted_at text
-- column: granted_by text
-- rows: many
select r.id as id, r.account_id as account_id, c.name as name, a.email as email, a.state as state, a.totp is not null as totp, r.role as role, t.type || ':' || t.code as territory,
	m.code as theme, e.code as espace, coalesce(t.name || case when t.type in ('region', 'pays') then '' else ' (' || t.type || ' ' || t.code || ')' end, m.label, e.name) as scope,
	to_char(r.granted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as granted_at, g.name as granted_by
from private.account_role r join private.account a on a.id = r.account_id join contributor c on c.id = a.id
left join territory t on t.id = r.territory_id left join term m on m.id = r.term_id left join espace e on e.id = r.espace_id
left join contributor g on g.id = r.granted_by
where ($1::int is null or r.account_id = $1) and ($2::int is null or r.id = $2)
order by array_position(array['administrateur', 'editeur', 'animateur'], r.role), scope, c.name, r.id
