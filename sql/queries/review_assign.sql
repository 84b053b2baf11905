-- name: review_assign
-- purpose: give a text to another reviewer; empty when done, else why not
-- role: rw
-- param: actor int
-- param: sheet int
-- param: target int
-- column: outcome text
-- rows: one
-- writes: through review_assign
select review_assign($1, $2, $3) as outcome
