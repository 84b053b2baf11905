-- name: account_totp_set
-- purpose: a new second factor, sealed, or none (null); the codes of rescue of the former one are struck out
-- role: rw
-- param: id int
-- param: totp text
-- param: step bigint
-- rows: none
with codes as (
	delete from token t where t.account_id = $1 and t.purpose = 'secours'
)
update account set totp = $2, totp_step = $3 where id = $1
