-- name: account_state_set
-- purpose: suspend an account, give it back, or confirm its address; no row when it was so already, or is erased
-- role: rw
-- param: id int
-- param: state text
-- column: id int
-- rows: maybe
update account set state = $2, confirmed_at = case when $2 = 'actif' then coalesce(confirmed_at, now()) else confirmed_at end
where id = $1 and state <> $2 and state <> 'supprime' returning id
