-- name: territory_set
-- purpose: who holds each of the practices on a territory; one row without a catalyst for a practice that nobody holds; "+" first where there
--   may be others than those said
-- param: place int
-- column: practice text
-- column: label text
-- column: id int
-- column: slug text
-- column: name text
-- rows: many
select s.practice, s.label, s.catalyst_id as id, s.slug, s.name
from territory_holders($1, null) s
order by s.rank, s.name collate "fr-x-icu", s.catalyst_id
