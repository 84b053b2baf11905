-- name: alert_news
-- purpose: for each alert of a list that may be told today, what it was not told of: so many items, what is new first, and their number
-- role: rw
-- param: watch int
-- param: most int
-- column: alert int
-- column: follower int
-- column: email text
-- column: label text
-- column: rhythm text
-- column: empty bool
-- column: title text
-- column: path text
-- column: fresh bool
-- column: total int
-- column: fresh_total int
-- rows: many
select a.id as alert, a.follower_id as follower, f.email, a.label, a.rhythm, a.empty, n.title, n.path, n.fresh, n.total::int as total, n.fresh_total::int as fresh_total
from alert a
join follower f on f.id = a.follower_id
cross join lateral (
	select i.title, i.path, i.first > a.turn as fresh, i.turn, i.item_id, count(*) over () as total, count(*) filter (where i.first > a.turn) over () as fresh_total
	from watch_item i
	where i.watch_id = a.watch_id and i.turn > a.turn
		-- kept from an earlier look, and withdrawn since
		and (i.kind <> 'fiche' or exists (select from catalyse.sheet s where s.id = i.item_id and s.state in ('publiee', 'a_actualiser')))
	order by i.first > a.turn desc, i.turn desc, i.item_id desc
	limit $2
) n
where a.watch_id = $1 and alert_due(a)
order by a.id, n.fresh desc, n.turn desc, n.item_id desc
