-- name: health
-- purpose: a cheap proof that the database answers and holds territories
-- param: none
-- column: territories int
-- rows: one
select count(*)::int as territories from (select from territory limit 1) t
