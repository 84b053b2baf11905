-- name: territory_load_count
-- purpose: receives a prepared file
-- param: none
-- rows: copy
copy pg_temp.stage_count from stdin;
