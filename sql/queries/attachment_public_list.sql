-- name: attachment_public_list
-- purpose: the files of a visible sheet, as readers have them
-- param: sheet int
-- column: id int
-- column: name text
-- column: label text
-- column: alt text
-- column: type text
-- column: size int
-- column: width int
-- column: height int
-- column: hash text
-- column: small_hash text
-- column: public bool
-- column: leaving bool
-- rows: many
select a.id, a.name, a.label, a.alt, a.type, a.size, a.width, a.height, a.hash, a.small_hash, true as public, false as leaving
from attachment_public($1) a
