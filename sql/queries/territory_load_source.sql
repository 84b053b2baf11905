-- name: territory_load_source
-- purpose: receives a prepared file
-- param: none
-- rows: copy
copy pg_temp.stage_source from stdin;
