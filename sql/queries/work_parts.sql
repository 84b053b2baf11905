-- name: work_parts
-- purpose: what hangs on a text being written, as sheet_parts says it of a public sheet
-- param: content jsonb
-- column: part text
-- column: scheme text
-- column: code text
-- column: slug text
-- column: label text
-- column: n int
-- column: url text
-- column: note text
-- column: origin text
-- rows: many
select 'term' as part, t.scheme::text as scheme, t.code::text as code, '' as slug, t.label::text as label, t.position as n, '' as url, t.definition as note, t.origin::text as origin
from jsonb_array_elements_text(coalesce($1->'termes', '[]')) m (term) join term t on t.scheme = split_part(m.term, ':', 1) and t.code = split_part(m.term, ':', 2)
union all
select 'place', y.type, y.code, y.slug, y.name, y.id, case when y.type = 'pays' then 'FR' when y.type in ('commune', 'epci') then up.code else y.code end, '', ''
from jsonb_array_elements_text(coalesce($1->'territoires', '[]')) p (place) join territory y on y.type = split_part(p.place, ':', 1) and y.code = split_part(p.place, ':', 2)
left join territory up on up.id = y.parent_id
union all
select 'link', s.type, 'inspire', s.slug, s.title, s.id, '', '', '' from sheet s
where s.id = nullif($1->>'inspire', '')::int and s.state in ('publiee', 'a_actualiser')
order by part, scheme, n
