-- name: attachment_list
-- purpose: the files of a sheet being written, for who may read it: those that leave with the next version too
-- role: rw
-- param: actor int
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
select a.id, a.name, coalesce(a.next_label, a.label) as label, coalesce(a.next_alt, a.alt) as alt, b.type, a.size, a.width, a.height, left(a.blob, 8) as hash, left(a.small, 8) as small_hash,
	a.published_at is not null as public, a.leaving
from attachment a
join attachment_blob b on b.sha256 = a.blob
where a.sheet_id = $2 and 'lire' = any (work_rights($1, $2))
order by a.position, a.id
