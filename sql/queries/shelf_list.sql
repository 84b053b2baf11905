-- name: shelf_list
-- purpose: the lists of an account, the last changed first
-- role: rw
-- param: account int
-- column: id int
-- column: name text
-- column: note text
-- column: code text
-- column: changed_on date
-- column: items int
-- rows: many
select s.id, s.name, s.note, s.code, s.changed_at::date as changed_on, (select count(*) from shelf_item i where i.shelf_id = s.id)::int as items
from shelf s where s.account_id = $1 order by s.changed_at desc, s.id desc
