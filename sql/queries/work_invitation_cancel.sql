-- name: work_invitation_cancel
-- purpose: take an invitation back
-- role: rw
-- param: sheet int
-- param: hash text
-- column: hash text
-- rows: maybe
delete from private.token t where t.sheet_id = $1 and t.hash = $2 and t.purpose = 'coauteur' and t.used_at is null returning t.hash
