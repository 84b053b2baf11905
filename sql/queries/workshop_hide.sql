-- name: workshop_hide
-- purpose: takes a note off the board, or puts it back
-- role: rw
-- param: workshop int
-- param: note int
-- param: hide bool
-- column: id int
-- rows: maybe
update private.workshop_note n set hidden_at = case when $3 then now() end
where n.workshop_id = $1 and n.id = $2
returning n.id
