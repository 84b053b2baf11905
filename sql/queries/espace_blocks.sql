-- name: espace_blocks
-- purpose: what the home of a front office is made of, in order
-- param: espace int
-- column: id int
-- column: kind text
-- column: title text
-- column: body text
-- column: size int
-- rows: many
select b.id, b.kind, b.title, b.body, b.size from espace_block b where b.espace_id = $1::int order by b.position, b.id
