-- name: work_invitation_list
-- purpose: who was asked to write a text and has not answered
-- role: rw
-- param: sheet int
-- column: hash text
-- column: email text
-- column: made date
-- rows: many
select t.hash, t.data->>'courriel' as email, t.created_at::date as made
from private.token t where t.sheet_id = $1 and t.purpose = 'coauteur' and t.used_at is null and t.expires_at > now() order by t.created_at
