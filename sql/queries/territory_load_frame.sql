-- name: territory_load_frame
-- purpose: receives a prepared file
-- param: none
-- rows: copy
copy pg_temp.stage_frame from stdin;
