-- name: attachment_public_find
-- purpose: the bytes of one file of a visible sheet, in pieces in order; no row when it is not public
-- param: sheet int
-- param: id int
-- param: hash text
-- form: binary
-- column: name text
-- column: label text
-- column: type text
-- column: size int
-- column: sum text
-- column: piece int
-- column: bytes bytea
-- rows: many
select a.name, a.label, a.type, a.size, a.sum, a.piece, a.bytes
from attachment_public_bytes($1, $2, $3) a
order by a.piece
