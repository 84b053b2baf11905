-- name: account_create
-- purpose: a new account and its public name; no row when the address is taken
-- role: rw
-- param: name text
-- param: email text
-- param: password text
-- param: confirmed bool
-- column: id int
-- rows: maybe
with c as (
	insert into contributor (name) select btrim($1) where not exists (select from account a where a.email = lower(btrim($2))) returning id
)
insert into account (id, email, password, state, confirmed_at)
select c.id, lower(btrim($2)), $3, case when $4 then 'actif' else 'en_attente' end, case when $4 then now() end from c
returning id
