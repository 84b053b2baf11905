-- name: account_totp_step
-- purpose: strike out a step of the second factor and those before it; no row when it was used already
-- role: rw
-- param: id int
-- param: step bigint
-- column: id int
-- rows: maybe
update account set totp_step = $2 where id = $1 and totp_step < $2 returning id
