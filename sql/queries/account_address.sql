-- name: account_address
-- purpose: where to write to an account that is open; name and address
-- role: rw
-- param: id int
-- column: name text
-- column: email text
-- rows: maybe
select coalesce(c.name, '') as name, a.email from account a join contributor c on c.id = a.id where a.id = $1 and a.state = 'actif'
