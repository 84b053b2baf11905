-- name: resource_list
-- purpose: documents and sites that are shown, by kind; those of a thématique when one is named
-- param: theme text
-- column: id int
-- column: ref text
-- column: kind text
-- column: kind_label text
-- column: kind_plural text
-- column: kind_what text
-- column: title text
-- column: summary text
-- column: publisher text
-- column: year int
-- column: url text
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: checked_on date
-- column: themes text
-- rows: many
select r.id, r.ref::text as ref, r.kind, k.label as kind_label, k.plural as kind_plural, k.what as kind_what, r.title, r.summary, r.publisher,
	r.year::int as year, r.url::text as url, r.origin::text as origin, r.source_label, r.source_url::text as source_url, r.checked_on,
	coalesce((select string_agg(t.code, '|' order by t.position) from resource_term x join term t on t.id = x.term_id where x.resource_id = r.id and t.scheme = 'theme'), '') as themes
from resource r join resource_kind k on k.code = r.kind
where r.shown and ($1::text is null or exists (select from resource_term x join term t on t.id = x.term_id where x.resource_id = r.id and t.scheme = 'theme' and t.code = $1))
order by k.position, r.position, r.title
