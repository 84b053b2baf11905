-- name: territory_load_territory
-- purpose: receives a prepared file
-- param: none
-- rows: copy
copy pg_temp.stage_territory from stdin;
