-- name: workshop_notes
-- purpose: what was written in a session, the last first, after a number: 300 on the board; for its host all of them, those that were hidden too
-- role: rw
-- param: workshop int
-- param: after int
-- param: all bool
-- column: id int
-- column: name text
-- column: type text
-- column: title text
-- column: summary text
-- column: written_at text
-- column: hour text
-- column: hidden bool
-- column: claimed bool
-- column: offline bool
-- rows: many
select n.id, n.name, coalesce(n.content->>'type', 'exemple') as type, coalesce(n.content->>'titre', '') as title, coalesce(n.content->>'chapo', '') as summary,
	to_char(n.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as written_at, to_char(n.written_at at time zone 'Europe/Paris', 'FMHH24 "h" MI') as hour,
	n.hidden_at is not null as hidden, n.claimed_at is not null as claimed, n.offline
from private.workshop_note n
where n.workshop_id = $1 and n.id > $2 and ($3 or n.hidden_at is null)
order by n.id desc
limit case when $3 then 2000 else 300 end
