-- name: work_author_remove
-- purpose: one author less; no row for the last one who signs
-- role: rw
-- param: sheet int
-- param: account int
-- column: account int
-- rows: maybe
delete from private.work_author x where x.sheet_id = $1 and x.account_id = $2
	and (x.role = 'coauteur' or exists (select from private.work_author o where o.sheet_id = $1 and o.role = 'auteur' and o.account_id <> $2))
returning x.account_id as account
