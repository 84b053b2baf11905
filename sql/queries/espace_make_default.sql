-- name: espace_make_default
-- purpose: the front office that is shown under a name that is nobody's
-- role: rw
-- param: actor int
-- param: espace int
-- column: outcome text
-- rows: one
-- writes: through espace_make_default
select private.espace_make_default($1::int, $2::int) as outcome
