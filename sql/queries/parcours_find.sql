-- name: parcours_find
-- purpose: one parcours, public or withdrawn, a row a step (one at least, its code empty when there is none)
-- param: slug text
-- column: slug text
-- column: title text
-- column: situation text
-- column: summary text
-- column: audience text
-- column: aims text
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: state text
-- column: withdrawn_on text
-- column: withdrawn_reason text
-- column: term text
-- column: author text
-- column: signed bool
-- column: published_on text
-- column: modified_at text
-- column: code text
-- column: kind text
-- column: step_title text
-- column: minutes int
-- column: since int
-- column: body text
-- column: gone bool
-- column: sheet_id int
-- column: sheet_type text
-- column: sheet_slug text
-- column: sheet_title text
-- column: sheet_summary text
-- column: event_ref text
-- column: event_address text
-- column: event_title text
-- column: event_day text
-- column: event_summary text
-- column: event_replay text
-- rows: many
select p.slug, p.title, p.situation, p.summary, p.audience, p.aims, p.origin, p.source_label, p.source_url, p.state, p.withdrawn_on::text as withdrawn_on,
	p.withdrawn_reason, t.code as term, c.name as author, p.author_id is not null as signed, p.published_on::text as published_on,
	to_char(p.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at,
	y.code, y.kind, y.title as step_title, y.minutes::int as minutes, y.since::int as since, y.body, y.gone, s.id as sheet_id, s.type as sheet_type, s.slug as sheet_slug,
	s.title as sheet_title, s.summary as sheet_summary, e.ref as event_ref, e.address as event_address, e.title as event_title, case when e.date_known = 'jour' then e.starts_on::text end as event_day,
	e.summary as event_summary, e.replay_url as event_replay
from parcours p left join term t on t.id = p.term_id left join contributor c on c.id = p.author_id left join parcours_way y on y.parcours_id = p.id
left join sheet s on s.id = y.seen_id left join event e on e.id = y.event_id
where p.slug = $1
order by y.position
