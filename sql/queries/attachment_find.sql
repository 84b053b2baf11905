-- name: attachment_find
-- purpose: the bytes of one file of a sheet being written, in pieces in order, for who may read it
-- role: rw
-- param: actor int
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
select a.name, a.label, b.type, b.size, b.sha256 as sum, n.piece, substring(b.bytes from 1 + n.piece * 262144 for 262144) as bytes
from attachment a
join attachment_blob b on b.sha256 in (a.blob, a.small) and left(b.sha256, 8) = $4
cross join lateral generate_series(0, (b.size - 1) / 262144) n (piece)
where a.id = $3 and a.sheet_id = $2 and 'lire' = any (work_rights($1, $2))
order by n.piece
