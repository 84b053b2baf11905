-- name: territory_load_former
-- purpose: receives a prepared file
-- param: none
-- rows: copy
copy pg_temp.stage_former from stdin;
