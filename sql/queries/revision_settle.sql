-- name: revision_settle
-- purpose: makes the tokens of a noun one, where they are many
-- param: none
-- column: gone int
-- rows: one
-- writes: the function does
select revision_settle() as gone
