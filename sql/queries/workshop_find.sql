-- name: workshop_find
-- purpose: a session by its code or by its number, and how many wrote there
-- role: rw
-- param: code text
-- param: id int
-- column: id int
-- column: code text
-- column: title text
-- column: prompt text
-- column: host_id int
-- column: host text
-- column: territory_id int
-- column: place text
-- column: place_key text
-- column: opened_at text
-- column: closes_at text
-- column: closes_hour text
-- column: open bool
-- column: notes int
-- column: claimed int
-- rows: maybe
select w.id, w.code, w.title, w.prompt, w.host_id, c.name as host, w.territory_id, t.name as place, t.type || ':' || t.code as place_key,
	to_char(w.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as opened_at, to_char(w.closes_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as closes_at,
	to_char(w.closes_at at time zone 'Europe/Paris', 'FMHH24 "h" MI') as closes_hour, now() < w.closes_at as open,
	(select count(*)::int from private.workshop_note n where n.workshop_id = w.id and n.hidden_at is null) as notes,
	(select count(*)::int from private.workshop_note n where n.workshop_id = w.id and n.claimed_at is not null) as claimed
from private.workshop w
join contributor c on c.id = w.host_id
join territory t on t.id = w.territory_id
where case when $2 is null then w.code = lower($1) else w.id = $2 end
