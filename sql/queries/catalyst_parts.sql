-- name: catalyst_parts
-- purpose: what hangs on a catalyst: its terms, the territories it covers, the sheets that name it
-- param: id int
-- column: part text
-- column: scheme text
-- column: code text
-- column: slug text
-- column: label text
-- column: n int
-- column: type text
-- column: summary text
-- column: evidence smallint
-- column: verified_on date
-- rows: many
select 'term' as part, t.scheme, t.code, '' as slug, t.label, t.position as n, '' as type, '' as summary,
	null::smallint as evidence, null::date as verified_on
from catalyst_term ct join term t on t.id = ct.term_id where ct.catalyst_id = $1
union all
select 'area', y.type, y.code, y.slug, y.name, 0, '', coalesce(up.code, ''), null, null
from catalyst_area a join territory y on y.id = a.territory_id left join territory up on up.id = y.parent_id
where a.catalyst_id = $1
union all
select 'sheet', s.type, '', s.slug, s.title, s.id, sc.role, s.summary, s.evidence, s.verified_on
from sheet_catalyst sc join sheet s on s.id = sc.sheet_id
where sc.catalyst_id = $1 and s.state in ('publiee', 'a_actualiser')
order by part, scheme, n, label
