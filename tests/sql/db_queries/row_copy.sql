-- name: row_copy
-- purpose: loads rows
-- param: none
-- rows: copy
copy probe (id, word) from stdin;
