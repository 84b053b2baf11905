-- name: work_author_hand
-- purpose: a co-author becomes the author, who becomes a co-author
-- role: rw
-- param: sheet int
-- param: to_account int
-- column: account int
-- rows: many
update private.work_author x set role = case when x.account_id = $2 then 'auteur' else 'coauteur' end
where x.sheet_id = $1 and exists (select from private.work_author o where o.sheet_id = $1 and o.account_id = $2)
	and (x.account_id = $2 or x.role = 'auteur')
returning x.account_id as account
