-- name: content_parcours_put
-- purpose: write one parcours of the reference content and its steps, once sheets and events are there
-- role: rw
-- writes: by a function
-- param: doc jsonb
-- column: outcome text
-- rows: one
select private.parcours_put($1) as outcome
