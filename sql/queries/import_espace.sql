-- name: import_espace
-- purpose: a front office by its code
-- param: code text
-- column: id int
-- rows: maybe
select e.id as id from espace e where e.code = $1::text
