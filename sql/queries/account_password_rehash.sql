-- name: account_password_rehash
-- purpose: the same password, encoded as is asked today
-- role: rw
-- param: id int
-- param: former text
-- param: password text
-- rows: none
update account set password = $3 where id = $1 and password = $2
