-- name: introduction_close
-- purpose: end an introduction: nothing more is passed on; '' or 'etat' when it is over already
-- role: rw
-- param: introduction int
-- column: outcome text
-- rows: one
-- writes: through introduction_close
select introduction_close($1) as outcome
