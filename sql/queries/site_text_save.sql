-- name: site_text_save
-- purpose: change a text of a page
-- role: rw
-- param: actor int
-- param: id int
-- param: given jsonb
-- column: outcome text
-- rows: one
-- writes: through site_text_save
select private.site_text_save($1::int, $2::int, $3::jsonb) as outcome
