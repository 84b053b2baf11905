-- name: watch_due
-- purpose: the lists of which somebody may be told something today
-- role: rw
-- column: id int
-- column: query text
-- column: followers int
-- rows: many
select w.id, w.query, count(*)::int as followers
from watch w join alert a on a.watch_id = w.id
where alert_due(a)
group by w.id
order by w.id
