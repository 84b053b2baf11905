-- name: account_export_sheets
-- purpose: the sheets an account signs, published or not, as contents
-- role: rw
-- param: account int
-- column: id int
-- column: state text
-- column: content text
-- column: structure text
-- column: created_on text
-- rows: many
select x.id, case when coalesce(w.state, 'publiee') = 'publiee' then coalesce(s.state::text, 'publiee') else w.state end as state,
	(case when w.sheet_id is null or w.state = 'publiee' then coalesce(work_content_of(x.id), w.content) else w.content end)::text as content,
	coalesce(o.name, '') as structure, coalesce(w.created_at, s.created_at)::date::text as created_on
from (
	select a.sheet_id as id from work_author a where a.account_id = $1
	union
	select c.sheet_id from catalyse.sheet_author c where c.contributor_id = $1
) x left join work w on w.sheet_id = x.id left join catalyse.sheet s on s.id = x.id left join structure o on o.id = coalesce(w.structure_id, s.structure_id)
order by x.id
