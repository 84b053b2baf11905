-- name: sheet_seal
-- purpose: the first version of a sheet whose seal does not hold; null when all do
-- param: id int
-- column: broken int
-- rows: one
select sheet_version_broken($1) as broken
