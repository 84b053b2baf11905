-- name: review_events
-- purpose: what happened to a sheet and what was said, the last first
-- role: rw
-- param: sheet int
-- column: source text
-- column: id bigint
-- column: at text
-- column: actor_id int
-- column: actor text
-- column: action text
-- column: after_state text
-- column: machine text
-- column: round int
-- column: scope text
-- column: rank int
-- column: target int
-- column: target_name text
-- column: side text
-- column: field text
-- column: field_label text
-- column: quote text
-- column: body text
-- column: reply_to bigint
-- column: decision_id bigint
-- rows: many
select e.source, e.id, e.at, e.actor_id, e.actor, e.action, e.after_state, e.machine, e.round, e.scope, e.rank, e.target, e.target_name, e.side, e.field,
	e.field_label, e.quote, e.body, e.reply_to, e.decision_id
from (
	select 'journal' as source, j.id, to_char(j.at at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI') as at, j.actor_id,
		case when j.actor_id is null then '' else coalesce(c.name, 'contributeur supprimé') end as actor, j.action,
		coalesce(j.detail->>'apres', '') as after_state, coalesce(j.detail->>'machine', '') as machine, (j.detail->>'tour')::int as round,
		coalesce(j.detail->>'pour', '') as scope, (j.detail->>'rang')::int as rank,
		coalesce((j.detail->>'a')::int, (j.detail->>'cible')::int, (j.detail->>'version')::int) as target, coalesce(t.name, '') as target_name, '' as side, '' as field,
		'' as field_label, '' as quote, j.reason as body, null::bigint as reply_to, null::bigint as decision_id, j.at as moment, j.id as place
	from journal j left join contributor c on c.id = j.actor_id left join contributor t on t.id = (j.detail->>'a')::int
	where j.object = 'fiche' and j.object_id = $1 and j.action <> 'creer'
	union all
	select 'message', m.id, to_char(m.at at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI'), m.author_id,
		case when m.author_id is null then coalesce(i.name, '') else coalesce(c.name, 'contributeur supprimé') end, m.kind, '', '', m.round, '', null, m.invitation_id, '',
		m.side, coalesce(m.field, ''), m.field_label, m.quote, m.body, m.reply_to, m.decision_id, m.at, m.id
	from review_message m left join contributor c on c.id = m.author_id left join review_invitation i on i.id = m.invitation_id
	where m.sheet_id = $1
	union all
	select 'debut', 0, to_char(w.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI'), w.created_by,
		case when w.created_by is null then '' else coalesce(c.name, 'contributeur supprimé') end, 'commencer', '', '', null, '', null, null, '', '', '', '', '', '', null, null,
		w.created_at, 0
	from work w left join contributor c on c.id = w.created_by where w.sheet_id = $1
) e
order by e.moment desc, e.source, e.place desc
limit 500
