-- name: term_move
-- purpose: a term one place up or down
-- role: rw
-- param: actor int
-- param: id int
-- param: up bool
-- column: outcome text
-- rows: one
-- writes: through term_move
select private.term_move($1::int, $2::int, $3::bool) as outcome
