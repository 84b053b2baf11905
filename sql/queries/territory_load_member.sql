-- name: territory_load_member
-- purpose: receives a prepared file
-- param: none
-- rows: copy
copy pg_temp.stage_member from stdin;
