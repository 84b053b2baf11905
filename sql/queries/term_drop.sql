-- name: term_drop
-- purpose: a term that nothing uses goes
-- role: rw
-- param: actor int
-- param: id int
-- column: outcome text
-- rows: one
-- writes: through term_drop
select private.term_drop($1::int, $2::int) as outcome
