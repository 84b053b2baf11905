-- name: structure_ask
-- purpose: ask to belong to a structure, or to answer for it
-- role: rw
-- writes: structure_ask
-- param: actor int
-- param: structure int
-- param: message text
-- column: outcome text
-- rows: one
select structure_ask($1, $2, $3) as outcome
