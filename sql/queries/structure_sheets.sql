-- name: structure_sheets
-- purpose: the sheets of a structure that everybody reads, then those being written; most of them
-- role: rw
-- param: id int
-- param: most int
-- column: id int
-- column: type text
-- column: title text
-- column: slug text
-- column: state text
-- column: total int
-- rows: many
select x.id, coalesce(s.type::text, w.content->>'type', '') as type, coalesce(s.title, nullif(btrim(w.content->>'titre'), ''), '') as title,
	coalesce(s.slug, '') as slug, coalesce(s.state::text, w.state) as state, (count(*) over ())::int as total
from (select w.sheet_id as id from work w where w.structure_id = $1 union select s.id from catalyse.sheet s where s.structure_id = $1) x
left join work w on w.sheet_id = x.id left join catalyse.sheet s on s.id = x.id
order by s.id is null, title, x.id limit $2
