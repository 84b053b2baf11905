-- name: espace_save
-- purpose: change a front office, or add one (no number)
-- role: rw
-- param: actor int
-- param: id int
-- param: given jsonb
-- column: outcome text
-- rows: one
-- writes: through espace_save
select private.espace_save($1::int, $2::int, $3::jsonb) as outcome
