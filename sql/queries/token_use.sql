-- name: token_use
-- purpose: strike out what was handed out, once; account null: whoever's. No row when it is used, too old, or not that
-- role: rw
-- param: hash text
-- param: purpose text
-- param: account int
-- column: account int
-- column: sheet int
-- column: data jsonb
-- rows: maybe
update token t set used_at = now() where t.hash = $1 and t.purpose = $2 and ($3::int is null or t.account_id = $3)
	and t.used_at is null and t.expires_at > now()
returning t.account_id as account, t.sheet_id as sheet, t.data
