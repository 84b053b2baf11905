-- name: event_parts
-- purpose: what hangs on an event: documents, speakers, sheets, terms, catalysts, territories it is about, seats, the events of its series around it
-- param: id int
-- column: part text
-- column: kind text
-- column: code text
-- column: slug text
-- column: label text
-- column: url text
-- column: note text
-- column: n int
-- column: taken int
-- column: waiting int
-- rows: many
select 'document' as part, d.kind, '' as code, '' as slug, d.label, d.url::text, '' as note, d.position as n, d.id as taken, null::int as waiting
from event_document d where d.event_id = $1
union all
select 'speaker', coalesce(s.kind, ''), coalesce(s.ref::text, ''), '', coalesce(s.name, x.organisation), s.website::text, x.role, x.position, x.id, null
from event_speaker x left join structure s on s.id = x.structure_id where x.event_id = $1
union all
select 'sheet', s.type, '', s.slug::text, s.title, null, '', s.id, es.position, null
from event_sheet es join sheet s on s.id = es.sheet_id where es.event_id = $1 and s.state in ('publiee', 'a_actualiser')
union all
select 'term', t.scheme, t.code, '', t.label, null, t.origin, t.position, t.id, null from event_term et join term t on t.id = et.term_id where et.event_id = $1
union all
select 'catalyst', c.kind, '', c.slug::text, c.name, null, '', c.id, null, null
from event_catalyst ec join catalyst c on c.id = ec.catalyst_id where ec.event_id = $1 and c.state = 'publiee'
union all
select 'area', t.type, t.code, t.slug::text, t.name, null, case when t.type in ('commune', 'epci') then up.code when t.type = 'pays' then 'FR' else t.code end, t.id, null, null
from event_area ea join territory t on t.id = ea.territory_id left join territory up on up.id = t.parent_id where ea.event_id = $1
union all
select 'seat', x.mode, '', '', '', null, '', x.capacity, x.taken, x.waiting from event_seat x where x.event_id = $1
union all
(select 'before', o.date_known, o.address, '', o.title, null, o.starts_on::text, o.id, null, null
from event e join event o on o.series_id = e.series_id and o.id <> e.id and event_begins(o) <= event_begins(e) where e.id = $1 order by event_begins(o) desc, o.id limit 1)
union all
(select 'after', o.date_known, o.address, '', o.title, null, o.starts_on::text, o.id, null, null
from event e join event o on o.series_id = e.series_id and o.id <> e.id and event_begins(o) > event_begins(e) where e.id = $1 order by event_begins(o), o.id limit 1)
order by part, n, label
