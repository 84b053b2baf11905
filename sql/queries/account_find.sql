-- name: account_find
-- purpose: an account by its address or its number, whatever its state; staff: it may decide something, so it needs a second factor
-- role: rw
-- param: email text
-- param: id int
-- column: id int
-- column: name text
-- column: email text
-- column: password text
-- column: state text
-- column: totp text
-- column: totp_step bigint
-- column: staff bool
-- rows: maybe
select a.id, c.name, a.email, a.password, a.state, a.totp, a.totp_step, exists (select from account_role r where r.account_id = a.id) as staff
from account a join contributor c on c.id = a.id
where ($1::text is not null and a.email = lower(btrim($1) collate "C") collate "default") or a.id = $2
