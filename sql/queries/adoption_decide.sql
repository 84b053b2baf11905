-- name: adoption_decide
-- purpose: show or put aside what somebody said of a sheet they tried; what came of it
-- role: rw
-- param: actor int
-- param: id int
-- param: act text
-- column: outcome text
-- rows: one
-- writes: through adoption_decide
select adoption_decide($1, $2, $3) as outcome
