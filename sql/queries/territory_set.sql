-- name: territory_set
-- purpose: who holds each of the practices on a territory; one row without a catalyst for a practice that nobody holds
-- param: place int
-- column: practice text
-- column: label text
-- column: id int
-- column: slug text
-- column: name text
-- rows: many
select s.practice, s.label, s.catalyst_id as id, s.slug, s.name
from territory_set($1) with ordinality s(practice, label, rank, catalyst_id, slug, name, o)
order by s.o
