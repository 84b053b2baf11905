-- name: territory_load_begin
-- purpose: a load may last longer than a visitor's statement
-- param: none
-- rows: none
set local statement_timeout to '5min';
