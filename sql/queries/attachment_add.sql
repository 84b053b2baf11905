-- name: attachment_add
-- purpose: joins a checked file to a sheet being written; refused says why not
-- role: rw
-- param: actor int
-- param: sheet int
-- param: name text
-- param: label text
-- param: alt text
-- param: type text
-- param: bytes bytea
-- param: sum text
-- param: small bytea
-- param: small_sum text
-- param: width int
-- param: height int
-- column: id int
-- column: refused text
-- rows: one
select a.id, a.refused
from attachment_add($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) a
