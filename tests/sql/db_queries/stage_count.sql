-- name: stage_count
-- purpose: reads a temporary table, which exists only after stage_create
-- param: none
-- column: n bigint
-- rows: one
-- lazy: stage is a temporary table
select count(*) as n from stage;
