-- name: figure_drop
-- purpose: takes a figure out, and writes it in the journal: '' done, else why not
-- role: rw
-- param: actor int
-- param: figure int
-- column: outcome text
-- rows: one
-- writes: a function does
select private.figure_drop($1, $2) as outcome
