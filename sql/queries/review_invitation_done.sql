-- name: review_invitation_done
-- purpose: a reader from outside has answered; whom to tell
-- role: rw
-- param: id int
-- column: account_id int
-- column: email text
-- rows: maybe
with done as (update review_invitation set answered_at = now() where id = $1 returning invited_by)
select a.id as account_id, a.email from done d join account a on a.id = d.invited_by and a.state = 'actif'
