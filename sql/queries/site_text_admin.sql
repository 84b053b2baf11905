-- name: site_text_admin
-- purpose: every text of the pages that are not sheets, hidden ones too; or one of them by its number
-- role: rw
-- param: id int
-- column: id int
-- column: ref text
-- column: page text
-- column: part text
-- column: mark text
-- column: title text
-- column: body text
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: position int
-- column: shown bool
-- column: changed_at text
-- column: changed_by text
-- rows: many
select x.id, x.ref::text as ref, x.page::text as page, x.part::text as part, x.mark, x.title, x.body, x.origin::text as origin, x.source_label,
	x.source_url::text as source_url, x.position, x.shown, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at, c.name as changed_by
from site_text x
left join lateral (select y.at, y.actor_id from private.journal y where y.object = 'texte' and y.object_id = x.id order by y.id desc limit 1) j on true
left join contributor c on c.id = j.actor_id
where $1::int is null or x.id = $1
order by x.page, x.part, x.position, x.title
