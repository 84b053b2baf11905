-- name: shelf_remove
-- purpose: take a thing out of a list of that account
-- role: rw
-- param: account int
-- param: shelf int
-- param: kind text
-- param: key text
-- column: shelf int
-- rows: maybe
delete from shelf_item i using shelf s where s.id = i.shelf_id and s.account_id = $1 and s.id = $2 and i.kind = $3 and i.key = $4 returning i.shelf_id as shelf
