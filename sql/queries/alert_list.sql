-- name: alert_list
-- purpose: the alerts of an address, by its number: one row without an alert when it has none left
-- role: rw
-- param: follower int
-- column: email text
-- column: id int
-- column: label text
-- column: query text
-- column: rhythm text
-- column: paused bool
-- column: since text
-- column: told_on text
-- column: total int
-- rows: many
select f.email, a.id, a.label, w.query, a.rhythm, a.paused, to_char(a.since, 'YYYY-MM-DD') as since, a.told_on::text as told_on, w.total
from follower f
left join alert a on a.follower_id = f.id
left join watch w on w.id = a.watch_id
where f.id = $1
order by a.id
