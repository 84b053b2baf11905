-- name: resource_admin
-- purpose: every document and site, hidden ones too, with what is known of its address; or one of them by its number
-- role: rw
-- param: id int
-- column: id int
-- column: ref text
-- column: kind text
-- column: kind_label text
-- column: title text
-- column: summary text
-- column: publisher text
-- column: year int
-- column: url text
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: checked_on text
-- column: position int
-- column: shown bool
-- column: themes text
-- column: failures int
-- column: changed_at text
-- column: changed_by text
-- rows: many
select r.id, r.ref::text as ref, r.kind, k.label as kind_label, r.title, r.summary, r.publisher, r.year::int as year, r.url::text as url,
	r.origin::text as origin, r.source_label, r.source_url::text as source_url, r.checked_on::text as checked_on, r.position, r.shown,
	coalesce((select string_agg(t.code, '|' order by t.position) from resource_term x join term t on t.id = x.term_id where x.resource_id = r.id and t.scheme = 'theme'), '') as themes,
	coalesce(l.failures, 0) as failures, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at, c.name as changed_by
from resource r join resource_kind k on k.code = r.kind
left join private.link_check l on l.url = r.url
left join lateral (select x.at, x.actor_id from private.journal x where x.object = 'ressource' and x.object_id = r.id order by x.id desc limit 1) j on true
left join contributor c on c.id = j.actor_id
where $1::int is null or r.id = $1
order by k.position, r.position, r.title
