-- name: api_token_list
-- purpose: the keys of the API of an account, those that hold first
-- role: rw
-- param: account int
-- column: id int
-- column: name text
-- column: scopes text
-- column: created_on date
-- column: expires_on date
-- column: seen_on date
-- column: good bool
-- rows: many
select t.id, t.name, array_to_string(t.scopes, ', ') as scopes, t.created_at::date as created_on, t.expires_at::date as expires_on, t.seen_on,
	t.expires_at > now() as good
from api_token t where t.account_id = $1 order by t.expires_at > now() desc, t.id desc limit 100
