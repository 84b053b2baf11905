-- name: submission_drop
-- purpose: give a key back in the transaction that took it: what was answered is not to be kept
-- role: rw
-- param: scope text
-- param: key text
-- rows: none
delete from submission where scope = $1 and key = $2
