-- name: account_name_set
-- purpose: the public name of somebody
-- role: rw
-- param: id int
-- param: name text
-- rows: none
update contributor set name = btrim($2) where id = $1 and name is distinct from btrim($2)
