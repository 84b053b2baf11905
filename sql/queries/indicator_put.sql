-- name: indicator_put
-- purpose: writes what a line of a table says of an indicator: ajoute, change, identique, or "column|what is wrong"
-- param: doc jsonb
-- column: outcome text
-- rows: one
-- writes: a function does
select indicator_put($1) as outcome
