-- name: alert_set
-- purpose: pause an alert of that address, let it go on, change its rhythm; null: as it was. No row: it is not theirs
-- role: rw
-- param: follower int
-- param: alert int
-- param: paused bool
-- param: rhythm text
-- column: id int
-- rows: maybe
update alert a set paused = coalesce($3, a.paused), rhythm = coalesce($4, a.rhythm) where a.id = $2 and a.follower_id = $1 returning a.id
