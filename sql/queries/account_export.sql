-- name: account_export
-- purpose: all that is held about an account, as one JSON object
-- role: rw
-- param: account int
-- column: everything text
-- rows: one
select account_export($1)::text as everything
