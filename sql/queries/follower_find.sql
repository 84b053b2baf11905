-- name: follower_find
-- purpose: the number of an address that follows something
-- role: rw
-- param: email text
-- column: id int
-- rows: maybe
select f.id from follower f where f.email = lower(btrim($1)) and exists (select from alert a where a.follower_id = f.id)
