-- name: review_uphold
-- purpose: turn down an appeal against a withdrawal; empty when done, else why not
-- role: rw
-- param: actor int
-- param: sheet int
-- param: why text
-- column: outcome text
-- rows: one
-- writes: through review_uphold
select review_uphold($1, $2, $3) as outcome
