-- name: resource_save
-- purpose: change a document or a site, or add one (no number)
-- role: rw
-- param: actor int
-- param: id int
-- param: given jsonb
-- column: outcome text
-- rows: one
-- writes: through resource_save
select private.resource_save($1::int, $2::int, $3::jsonb) as outcome
