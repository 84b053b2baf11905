-- name: token_forget
-- purpose: strike out all that was handed to an account for a purpose
-- role: rw
-- param: account int
-- param: purpose text
-- rows: none
delete from token t where t.account_id = $1 and t.purpose = $2
