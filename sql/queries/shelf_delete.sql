-- name: shelf_delete
-- purpose: delete a list of that account
-- role: rw
-- param: account int
-- param: shelf int
-- column: id int
-- rows: maybe
delete from shelf s where s.id = $2 and s.account_id = $1 returning s.id
