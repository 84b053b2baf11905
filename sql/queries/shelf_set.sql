-- name: shelf_set
-- purpose: rename a list of that account
-- role: rw
-- param: account int
-- param: shelf int
-- param: name text
-- param: note text
-- column: id int
-- rows: maybe
update shelf s set name = btrim($3), note = coalesce($4, ''), changed_at = now() where s.id = $2 and s.account_id = $1 returning s.id
