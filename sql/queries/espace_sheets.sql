-- name: espace_sheets
-- purpose: the sheets placed in a front office, a page of them
-- param: espace int
-- param: offset int
-- param: most int
-- column: id int
-- column: type text
-- column: slug text
-- column: title text
-- column: state text
-- column: total int
-- rows: many
select s.id as id, s.type as type, s.slug::text as slug, s.title as title, s.state::text as state, (count(*) over ())::int as total
from espace_sheet es join sheet s on s.id = es.sheet_id where es.espace_id = $1::int order by es.position, es.sheet_id offset $2::int limit $3::int
