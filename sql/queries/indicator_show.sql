-- name: indicator_show
-- purpose: shows an indicator, or hides it, and writes it in the journal: '' done, else why not
-- role: rw
-- param: actor int
-- param: code text
-- param: shown bool
-- column: outcome text
-- rows: one
-- writes: a function does
select private.indicator_show($1, $2, $3) as outcome
