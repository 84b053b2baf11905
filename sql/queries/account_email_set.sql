-- name: account_email_set
-- purpose: another address for an account, and links sent to the former one are over; no row when somebody else has it
-- role: rw
-- param: id int
-- param: email text
-- column: id int
-- rows: maybe
with changed as (
	update account set email = lower(btrim($2)) where id = $1 and state = 'actif' and not exists (select from account o where o.email = lower(btrim($2)))
	returning id
), links as ( -- sent to the address before
	update token t set used_at = now() where t.account_id in (select id from changed) and t.purpose in ('mot_de_passe', 'adresse') and t.used_at is null
)
select id from changed
