-- name: follow_people
-- purpose: who holds a sheet (its structure, its authors), then who may review it
-- role: rw
-- param: sheet int
-- column: part text
-- column: account_id int
-- column: email text
-- column: name text
-- rows: many
select p.part, p.account_id, p.email, p.name from follow_people($1) p
