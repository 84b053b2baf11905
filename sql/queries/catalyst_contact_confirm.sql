-- name: catalyst_contact_confirm
-- purpose: an address of a catalyst is its own, when it is still the one that was given
-- role: rw
-- param: catalyst int
-- param: email text
-- column: id int
-- rows: maybe
update catalyst_contact set confirmed_at = coalesce(confirmed_at, now()) where catalyst_id = $1 and email = $2 returning catalyst_id as id
