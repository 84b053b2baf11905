-- name: content_compass_put
-- purpose: write one question of the compass, or one of its answers, unless an editor changed it
-- param: doc jsonb
-- column: outcome text
-- rows: one
-- writes: through compass_put
select compass_put($1::jsonb) as outcome
