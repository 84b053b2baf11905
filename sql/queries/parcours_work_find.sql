-- name: parcours_work_find
-- purpose: one parcours being composed, what one may do to it, a row a step (one at least); no row: there is none, or it is not one's business
-- role: rw
-- param: actor int
-- param: id int
-- column: id int
-- column: state text
-- column: rev int
-- column: reason text
-- column: slug text
-- column: online bool
-- column: own bool
-- column: author_id int
-- column: author text
-- column: hands text
-- column: acts text
-- column: title text
-- column: situation text
-- column: summary text
-- column: audience text
-- column: aims text
-- column: term text
-- column: code text
-- column: kind text
-- column: step_title text
-- column: minutes text
-- column: since text
-- column: body text
-- column: sheet_number text
-- column: event_code text
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
select w.id, w.state, w.rev, w.reason, p.slug, coalesce(p.state = 'publiee', false) as online, w.author_id is null as own, w.author_id, c.name as author,
	array_to_string(h.hands, ' ') as hands, (select coalesce(string_agg(distinct r.who || ':' || r.act, ' '), '') from parcours_rule r where r.before = w.state and r.who = any (h.hands)) as acts,
	w.content->>'titre' as title, w.content->>'situation' as situation, w.content->>'resume' as summary, w.content->>'pour_qui' as audience, w.content->>'saurez' as aims,
	w.content->>'terme' as term, x.j->>'code' as code, x.j->>'sorte' as kind, x.j->>'titre' as step_title, x.j->>'minutes' as minutes, x.j->>'des' as since, x.j->>'texte' as body,
	x.j->>'fiche' as sheet_number, x.j->>'rencontre' as event_code, s.id as sheet_id, s.type as sheet_type, s.slug as sheet_slug, s.title as sheet_title, s.summary as sheet_summary,
	e.ref as event_ref, e.address as event_address, e.title as event_title, case when e.date_known = 'jour' then e.starts_on::text end as event_day, e.summary as event_summary,
	e.replay_url as event_replay
from parcours_work w cross join lateral (select parcours_hands($1, w) as hands) h
left join catalyse.parcours p on p.id = w.parcours_id left join contributor c on c.id = w.author_id
left join lateral jsonb_array_elements(w.content->'etapes') with ordinality x (j, n) on true
left join catalyse.sheet o on x.j->>'sorte' = 'fiche' and o.id = case when x.j->>'fiche' ~ '^[0-9]{1,9}$' then (x.j->>'fiche')::int end
left join sheet_index i on i.sheet_id = coalesce(o.merged_into, o.id)
left join catalyse.sheet s on s.id = i.sheet_id
left join event e on x.j->>'sorte' in ('evenement', 'replay') and e.ref = x.j->>'rencontre'
where w.id = $2 and h.hands <> '{}'
order by x.n
