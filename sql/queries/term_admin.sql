-- name: term_admin
-- purpose: the terms of a vocabulary, those that ended included; or one of them by its number
-- role: rw
-- param: scheme text
-- param: id int
-- column: id int
-- column: scheme text
-- column: code text
-- column: label text
-- column: definition text
-- column: colour text
-- column: valid_from text
-- column: valid_to text
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: merged_into text
-- column: sheets int
-- column: catalysts int
-- column: uses int
-- column: changed_at text
-- column: changed_by text
-- rows: many
select t.id as id, t.scheme as scheme, t.code as code, t.label as label, t.definition as definition, t.colour as colour, t.valid_from::text as valid_from,
	t.valid_to::text as valid_to, t.origin::text as origin, t.source_label as source_label, t.source_url::text as source_url, o.label as merged_into,
	(select count(*) from sheet_term st where st.term_id = t.id)::int as sheets, (select count(*) from catalyst_term ct where ct.term_id = t.id)::int as catalysts,
	private.term_uses(t.id) as uses, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at, c.name as changed_by
from term t
left join term o on o.id = t.merged_into
left join lateral (select x.at, x.actor_id from private.journal x where x.object = 'terme' and x.object_id = t.id order by x.id desc limit 1) j on true
left join contributor c on c.id = j.actor_id
where ($1::text is null or t.scheme = $1) and ($2::int is null or t.id = $2) and num_nonnulls($1::text, $2::int) > 0
order by t.merged_into is not null, t.position, t.label, t.id
