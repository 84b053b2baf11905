-- name: shelf_find
-- purpose: a list and what is in it, one row a thing, one row when it is empty: by the account that keeps it and its number, or by the code of its link
-- role: rw
-- param: account int
-- param: shelf int
-- param: code text
-- column: id int
-- column: name text
-- column: note text
-- column: code text
-- column: changed_on date
-- column: kind text
-- column: key text
-- column: label text
-- rows: many
select s.id, s.name, s.note, s.code, s.changed_at::date as changed_on, i.kind, i.key, i.label
from shelf s left join shelf_item i on i.shelf_id = s.id
where case when $3::text is null then s.account_id = $1 and s.id = $2 else s.code = $3 end
order by i.position
