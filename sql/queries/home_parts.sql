-- name: home_parts
-- purpose: what the home page counts: sheets by kind, the seven parcours with their first sheet, the next or last event
-- param: none
-- column: part text
-- column: code text
-- column: label text
-- column: n int
-- column: id int
-- column: slug text
-- column: title text
-- column: date date
-- column: hour text
-- column: hour_reunion text
-- column: note text
-- column: url text
-- rows: many
select 'kind' as part, i.type as code, '' as label, count(*)::int as n, null::int as id, '' as slug, '' as title,
	null::date as date, '' as hour, '' as hour_reunion, '' as note, '' as url
from sheet_index i group by i.type
union all
select 'parcours', t.code, t.label, count(i.sheet_id)::int, (array_agg(i.sheet_id order by i.type = 'methode' desc, i.sheet_id))[1],
	(array_agg(s.slug order by i.type = 'methode' desc, i.sheet_id))[1],
	(array_agg(s.title order by i.type = 'methode' desc, i.sheet_id))[1], null, t.position::text, '', '',
	coalesce((select '/parcours/' || p.slug from parcours p where p.term_id = t.id and p.state = 'publiee' order by p.author_id is not null, p.position limit 1), '')
from term t left join sheet_index i on i.terms @> array[t.id] left join sheet s on s.id = i.sheet_id
where t.scheme = 'parcours' group by t.id
union all
(select case when e.starts_on >= current_date then 'next' else 'last' end, e.ref, coalesce(es.name, ''), null, e.id, e.slug, e.title,
	e.starts_on, coalesce(to_char(e.starts_at at time zone e.timezone, 'FMHH24" h"'), ''),
	coalesce(to_char(e.starts_at at time zone 'Indian/Reunion', 'FMHH24" h"'), ''), e.summary, coalesce(e.replay_url, e.url, e.source_url, '')
from event e left join event_series es on es.id = e.series_id
where e.status <> 'annule' and e.date_known = 'jour'
order by e.starts_on >= current_date desc, abs(e.starts_on - current_date) limit 1)
order by part, hour, code
