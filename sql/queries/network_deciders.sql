-- name: network_deciders
-- purpose: who may answer to what a structure sent
-- role: rw
-- param: request int
-- column: account int
-- column: email text
-- rows: many
select d.account_id as account, d.email from network_deciders($1) d order by d.account_id
