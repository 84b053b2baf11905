-- name: parcours_work_create
-- purpose: begin a parcours
-- role: rw
-- writes: by a function
-- param: actor int
-- param: content jsonb
-- column: id int
-- rows: one
select private.parcours_create($1, $2) as id
