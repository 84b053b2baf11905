-- name: site_text_list
-- purpose: the texts of a page, by part and in order, with what they name; and the terms of the vocabularies that the page shows
-- param: page text
-- param: schemes text[]
-- column: what text
-- column: part text
-- column: code text
-- column: mark text
-- column: title text
-- column: body text
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: parent text
-- column: catalyst_id int
-- column: catalyst_slug text
-- column: catalyst_name text
-- column: sheet_id int
-- column: sheet_slug text
-- column: sheet_type text
-- column: sheet_title text
-- column: n int
-- column: o1 int
-- column: o2 int
-- rows: many
select 'texte' as what, x.part::text as part, x.ref::text as code, x.mark, x.title, x.body, x.origin::text as origin, x.source_label,
	x.source_url::text as source_url, t.code as parent, c.id as catalyst_id, c.slug::text as catalyst_slug, c.name as catalyst_name,
	s.id as sheet_id, s.slug::text as sheet_slug, s.type as sheet_type, s.title as sheet_title, 0 as n, 0 as o1, x.position as o2
from site_text x
left join term t on t.id = x.term_id
left join catalyst c on c.id = x.catalyst_id and c.state = 'publiee'
left join sheet s on s.id = x.sheet_id and s.state in ('publiee', 'a_actualiser')
where x.page = $1 and x.shown
union all
select 'schema', h.code, h.code, '', h.label, h.description, h.origin::text, h.source_label, h.source_url::text, null, null, null, null, null, null, null, null, 0,
	1, h.position
from scheme h where h.code = any ($2)
union all
select 'terme', t.scheme, t.code, '', t.label, t.definition, t.origin::text, t.source_label, t.source_url::text, p.code, null, null, null, null, null, null, null,
	case when t.scheme <> 'pratique' then 0 when (select wide from sheet_wide_state) then coalesce((select v.n from sheet_value v where v.value = t.id), 0)
		else (select count(*) from sheet_index i where i.terms @> array[t.id])::int end, 2, t.position
from term t left join term p on p.id = t.parent_id
where t.scheme = any ($2) and t.merged_into is null and (t.valid_to is null or t.valid_to > current_date)
order by o1, o2, title
