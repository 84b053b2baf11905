-- name: api_token_find
-- purpose: who a bearer token speaks for, and how far
-- role: rw
-- param: hash text
-- column: account_id int
-- column: name text
-- column: email text
-- column: role text
-- column: roles jsonb
-- column: scopes text[]
-- column: has_totp bool
-- rows: maybe
with seen as (
	update api_token t set seen_on = current_date where t.hash = $1 and t.expires_at > now() and t.seen_on is distinct from current_date
)
select a.id as account_id, c.name, a.email,
	coalesce((select case when bool_or(r.role = 'administrateur') then 'administrateur' when bool_or(r.role = 'editeur') then 'editeur'
		else 'animateur' end from account_role r where r.account_id = a.id having count(*) > 0), 'contributeur') as role,
	(select coalesce(jsonb_agg(jsonb_build_object('role', r.role) order by r.id), '[]') from account_role r where r.account_id = a.id) as roles, t.scopes,
	a.totp is not null as has_totp
from api_token t join account a on a.id = t.account_id join contributor c on c.id = a.id
where t.hash = $1 and t.expires_at > now() and a.state = 'actif'
