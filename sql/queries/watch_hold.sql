-- name: watch_hold
-- purpose: the list of that address, made if need be, and held until the end of the transaction
-- role: rw
-- param: query text
-- column: id int
-- column: turn int
-- column: looked_on date
-- rows: one
-- writes: through watch_hold
select w.id, w.turn, w.looked_at::date as looked_on from watch_hold($1) w
