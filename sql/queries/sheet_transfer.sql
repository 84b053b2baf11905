-- name: sheet_transfer
-- purpose: bring a sheet to a structure, or give it back to its authors
-- role: rw
-- writes: sheet_transfer
-- param: actor int
-- param: sheet int
-- param: structure int
-- column: outcome text
-- rows: one
select sheet_transfer($1, $2, $3) as outcome
