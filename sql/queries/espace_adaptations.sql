-- name: espace_adaptations
-- purpose: the fields of a sheet that front offices show in their own words: of one, or of all
-- param: espace int
-- param: sheet int
-- column: code text
-- column: name text
-- column: field text
-- column: text text
-- column: base text
-- column: changed bool
-- column: changed_on date
-- rows: many
select e.code::text as code, e.name, x.field, x.text, x.base, x.base is distinct from espace_common_text(x.sheet_id, x.field) as changed, x.changed_on
from espace_adaptation x join espace e on e.id = x.espace_id
where x.sheet_id = $2::int and ($1::int is null or x.espace_id = $1::int) order by e.position, e.code, x.field
