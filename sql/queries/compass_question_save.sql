-- name: compass_question_save
-- purpose: change the words of a question of the compass
-- role: rw
-- param: actor int
-- param: question text
-- param: given jsonb
-- column: outcome text
-- rows: one
-- writes: through compass_question_save
select private.compass_question_save($1::int, $2::text, $3::jsonb) as outcome
