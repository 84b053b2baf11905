-- name: follow_rights
-- purpose: what somebody may do with a sheet
-- role: rw
-- param: actor int
-- param: sheet int
-- column: writes bool
-- column: reviews bool
-- rows: one
select 'ecrire' = any (r) as writes, 'relire' = any (r) as reviews from work_rights($1, $2) r
