-- name: row_add
-- purpose: writes a row
-- param: id int
-- param: word text
-- rows: none
insert into probe (id, word) values ($1, $2);
