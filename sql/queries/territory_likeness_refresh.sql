-- name: territory_likeness_refresh
-- purpose: brings what makes a territory like another up to date; answers how many territories changed
-- param: none
-- column: n int
-- rows: one
select territory_likeness_refresh() as n
