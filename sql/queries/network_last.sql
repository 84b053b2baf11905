-- name: network_last
-- purpose: the number of what a structure sent last
-- role: rw
-- param: account int
-- param: structure int
-- column: id int
-- rows: maybe
select max(r.id) as id from network_request r where r.account_id = $1 and r.structure_id = $2 having max(r.id) is not null
