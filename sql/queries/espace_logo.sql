-- name: espace_logo
-- purpose: the image of a front office, by the beginning of its sum
-- form: binary
-- param: code text
-- param: sum text
-- column: type text
-- column: bytes bytea
-- rows: maybe
select l.type as type, l.bytes as bytes from espace_logo l join espace e on e.id = l.espace_id where e.code = $1 and left(l.sum, 12) = $2
