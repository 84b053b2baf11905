-- name: attachment_remove
-- purpose: takes a file off a sheet being written; refused says why not
-- role: rw
-- param: actor int
-- param: id int
-- column: refused text
-- rows: one
select attachment_remove($1, $2) as refused
