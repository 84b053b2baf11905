-- name: catalyst_recipients
-- purpose: who is written to for a catalyst: the address its structure gave and confirmed, else those who answer for the structure
-- role: rw
-- param: catalyst int
-- column: account int
-- column: email text
-- rows: many
select r.account_id as account, r.email from catalyst_recipients($1) r
