-- name: live_changes
-- purpose: the changes deployed in this base
-- role: rw
-- param: none
-- column: name text
-- rows: many
select name from deployed() as name
