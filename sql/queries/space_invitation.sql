-- name: space_invitation
-- purpose: another link for an invitation to write, asked by whoever has the address it was sent to; the first one then opens nothing
-- role: rw
-- param: actor int
-- param: hash text
-- param: fresh text
-- column: sheet_id int
-- rows: maybe
update token t set hash = $3 from account a
where t.hash = $2 and t.purpose = 'coauteur' and t.used_at is null and t.expires_at > now() and a.id = $1 and t.data->>'courriel' = a.email
returning t.sheet_id
