-- name: catalyst_history
-- purpose: what structures changed in a catalyst, the last first
-- param: id int
-- column: rev int
-- column: at timestamptz
-- column: structure text
-- column: field text
-- column: before text
-- column: after text
-- rows: many
select h.rev, h.at, coalesce(o.name, '') as structure, h.field, h.before, h.after
from catalyst_change h left join structure o on o.id = h.structure_id
where h.catalyst_id = $1
order by h.id desc limit 200
