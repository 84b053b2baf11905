-- name: indicator_parts
-- purpose: what an indicator is joined to: the sheets that tell it (fiche), its terms (terme)
-- param: id int
-- column: part text
-- column: id int
-- column: scheme text
-- column: code text
-- column: slug text
-- column: label text
-- column: summary text
-- rows: many
select 'fiche' as part, s.id, s.type as scheme, s.ref::text as code, s.slug::text as slug, s.title::text as label, s.summary
from indicator_sheet x join sheet s on s.id = x.sheet_id and s.state in ('publiee', 'a_actualiser') where x.indicator_id = $1
union all
select 'terme', t.id, t.scheme::text, t.code::text, '', t.label::text, '' from indicator_term x join term t on t.id = x.term_id where x.indicator_id = $1
order by part, id
