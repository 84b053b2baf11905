-- name: structure_leave
-- purpose: take somebody out of a structure, oneself or another
-- role: rw
-- writes: structure_leave
-- param: actor int
-- param: structure int
-- param: account int
-- column: outcome text
-- rows: one
select structure_leave($1, $2, $3) as outcome
