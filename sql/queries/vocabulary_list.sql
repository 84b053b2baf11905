-- name: vocabulary_list
-- purpose: the vocabularies, in order, and the terms in use of the one that is named; without a name, the vocabularies alone
-- param: scheme text
-- column: part text
-- column: code text
-- column: label text
-- column: definition text
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: parent_scheme text
-- column: parent_code text
-- column: terms int
-- column: o1 int
-- column: o2 int
-- rows: many
select 'schema' as part, s.code, s.label, s.description as definition, s.origin::text as origin, s.source_label,
	s.source_url::text as source_url, null::text as parent_scheme, null::text as parent_code,
	(select count(*) from term t where t.scheme = s.code and (t.valid_to is null or t.valid_to > current_date))::int as terms,
	0 as o1, s.position as o2
from scheme s
where $1::text is null or s.code = $1
union all
select 'terme', t.code, t.label, t.definition, t.origin::text, t.source_label, t.source_url::text, p.scheme, p.code, 0, 1, t.position
from term t
left join term p on p.id = t.parent_id
where t.scheme = $1 and (t.valid_to is null or t.valid_to > current_date)
order by o1, o2, label
