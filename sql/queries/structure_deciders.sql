-- name: structure_deciders
-- purpose: who answers to those who ask to belong to a structure, with their address
-- role: rw
-- param: id int
-- column: account_id int
-- column: email text
-- rows: many
select d.account_id, a.email from structure_deciders($1) d join account a on a.id = d.account_id where a.state = 'actif' order by d.account_id
