-- name: shelf_share
-- purpose: show a list of that account to whoever has its link, or to nobody any more when code is null
-- role: rw
-- param: account int
-- param: shelf int
-- param: code text
-- column: id int
-- rows: maybe
update shelf s set code = $3 where s.id = $2 and s.account_id = $1 returning s.id
