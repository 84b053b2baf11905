-- name: token_find
-- purpose: what was handed out: used, too old, or good
-- role: rw
-- param: hash text
-- param: purpose text
-- column: account int
-- column: sheet int
-- column: data jsonb
-- column: state text
-- rows: maybe
select t.account_id as account, t.sheet_id as sheet, t.data,
	case when t.used_at is not null then 'servi' when t.expires_at < now() then 'perime' else 'bon' end as state
from token t where t.hash = $1 and t.purpose = $2
