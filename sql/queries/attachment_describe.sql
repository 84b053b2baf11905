-- name: attachment_describe
-- purpose: what a file is called and what an image shows; refused says why not
-- role: rw
-- param: actor int
-- param: id int
-- param: label text
-- param: alt text
-- column: refused text
-- rows: one
select attachment_describe($1, $2, $3, $4) as refused
