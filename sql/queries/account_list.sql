-- name: account_list
-- purpose: every account that was not erased, with what it may do
-- role: rw
-- param: none
-- column: id int
-- column: name text
-- column: email text
-- column: state text
-- column: created_on date
-- column: seen_on date
-- column: second_factor bool
-- column: sessions int
-- column: roles text
-- rows: many
select a.id, c.name, a.email, a.state, a.created_at::date as created_on, a.seen_on, a.totp is not null as second_factor,
	(select count(*)::int from session s where s.account_id = a.id and s.expires_at > now()) as sessions,
	coalesce((select string_agg(concat_ws(' ', r.role, t.type || ':' || t.code, m.code, e.code), ', ' order by r.id)
		from account_role r left join territory t on t.id = r.territory_id left join term m on m.id = r.term_id left join espace e on e.id = r.espace_id
		where r.account_id = a.id), 'contributeur') as roles
from account a join contributor c on c.id = a.id
where a.state <> 'supprime'
order by a.id
