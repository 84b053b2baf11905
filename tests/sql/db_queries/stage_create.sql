-- name: stage_create
-- purpose: makes a temporary table
-- param: none
-- rows: none
create temporary table stage (id int);
