-- name: row_list
-- purpose: reads the rows
-- param: none
-- column: id int
-- column: word text
-- rows: many
select id, word from probe order by id;
