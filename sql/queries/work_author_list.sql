-- name: work_author_list
-- purpose: who writes a text, the author first
-- role: rw
-- param: sheet int
-- column: id int
-- column: name text
-- column: role text
-- column: since date
-- rows: many
select x.account_id as id, c.name::text as name, x.role, x.since::date as since
from private.work_author x join contributor c on c.id = x.account_id where x.sheet_id = $1 order by x.role, x.since, x.account_id
