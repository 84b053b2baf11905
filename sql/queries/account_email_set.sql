-- name: account_email_set
-- purpose: another address for an account; no row when somebody else has it
-- role: rw
-- param: id int
-- param: email text
-- column: id int
-- rows: maybe
update account set email = lower(btrim($2)) where id = $1 and state = 'actif' and not exists (select from account o where o.email = lower(btrim($2)))
returning id
