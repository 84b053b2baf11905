-- name: link_find
-- purpose: what a link sent by mail opens, while it does; fresh: sent less than three days ago; active: its account may sign in
-- role: rw
-- param: hash text
-- column: purpose text
-- column: account_id int
-- column: sheet_id int
-- column: data jsonb
-- column: used bool
-- column: fresh bool
-- column: active bool
-- column: name text
-- rows: maybe
select t.purpose, t.account_id, t.sheet_id, t.data, t.used_at is not null as used, t.created_at > now() - interval '3 days' as fresh,
	t.account_id is null or a.state = 'actif' as active, coalesce(c.name, '') as name
from token t left join account a on a.id = t.account_id left join contributor c on c.id = t.account_id
where t.hash = $1 and t.expires_at > now()
