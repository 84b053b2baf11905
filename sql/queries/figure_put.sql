-- name: figure_put
-- purpose: writes a figure: ajoute, change, identique, or "column|what is wrong"
-- param: doc jsonb
-- column: outcome text
-- rows: one
-- writes: a function does
select figure_put($1) as outcome
