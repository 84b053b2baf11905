-- name: espace_adapted
-- purpose: the sheets that a front office shows partly in its own words, those whose common text has changed first
-- param: espace int
-- param: offset int
-- param: most int
-- column: id int
-- column: type text
-- column: slug text
-- column: title text
-- column: fields int
-- column: to_see int
-- column: changed_on date
-- column: total int
-- rows: many
select s.id, s.type, s.slug::text as slug, s.title, count(*)::int as fields,
	(count(*) filter (where x.base is distinct from espace_common_text(x.sheet_id, x.field)))::int as to_see, max(x.changed_on) as changed_on, (count(*) over ())::int as total
from espace_adaptation x join sheet s on s.id = x.sheet_id where x.espace_id = $1::int
group by s.id order by bool_or(x.base is distinct from espace_common_text(x.sheet_id, x.field)) desc, max(x.changed_on) desc, s.id offset $2::int limit $3::int
