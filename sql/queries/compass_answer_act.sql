-- name: compass_answer_act
-- purpose: move an answer of the compass up or down, or take it out
-- role: rw
-- param: actor int
-- param: id int
-- param: act text
-- column: outcome text
-- rows: one
-- writes: through compass_answer_act
select private.compass_answer_act($1::int, $2::int, $3::text) as outcome
