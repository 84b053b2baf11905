-- name: attachment_withdraw
-- purpose: takes a file off at once, for who reviews; refused says why not
-- role: rw
-- param: actor int
-- param: id int
-- param: reason text
-- column: refused text
-- rows: one
select attachment_withdraw($1, $2, $3) as refused
