-- name: territory_load_shape
-- purpose: receives a prepared file
-- param: none
-- rows: copy
copy pg_temp.stage_shape from stdin;
