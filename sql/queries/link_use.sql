-- name: link_use
-- purpose: a link that decides is used once; no row: it was
-- role: rw
-- param: hash text
-- column: sheet_id int
-- rows: maybe
update token set used_at = now() where hash = $1 and used_at is null and expires_at > now() returning sheet_id
