-- name: shelf_make
-- purpose: a new list of an account; null: it has as many as one may
-- role: rw
-- param: account int
-- param: name text
-- param: note text
-- column: id int
-- rows: one
-- writes: through shelf_make
select shelf_make($1, $2, $3) as id
