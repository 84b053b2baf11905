-- name: workshop_list
-- purpose: the sessions somebody opened, the last ones first
-- role: rw
-- param: host int
-- column: id int
-- column: code text
-- column: title text
-- column: place text
-- column: opened_at text
-- column: open bool
-- column: notes int
-- column: claimed int
-- rows: many
select w.id, w.code, w.title, t.name as place, to_char(w.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as opened_at, now() < w.closes_at as open,
	count(n.id) filter (where n.hidden_at is null)::int as notes, count(n.claimed_at)::int as claimed
from private.workshop w
join territory t on t.id = w.territory_id
left join private.workshop_note n on n.workshop_id = w.id
where w.host_id = $1
group by w.id, t.name
order by w.opened_at desc
limit 100
