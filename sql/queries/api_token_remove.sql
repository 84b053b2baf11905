-- name: api_token_remove
-- purpose: take a key of the API back
-- role: rw
-- param: account int
-- param: id int
-- column: id int
-- rows: maybe
delete from api_token t where t.account_id = $1 and t.id = $2 returning t.id
