-- name: parcours_progress_list
-- purpose: the parcours somebody has begun, the last one first: how many steps that can still be read are done, of how many, what is next
-- role: rw
-- param: account int
-- column: slug text
-- column: title text
-- column: done int
-- column: total int
-- column: done_on text
-- column: next_code text
-- column: next_title text
-- column: next_since int
-- rows: many
select p.slug, p.title, w.done::int as done, w.total::int as total, g.day::text as done_on, x.code as next_code, x.title as next_title, x.since::int as next_since
from (select parcours_id, max(done_on) as day from parcours_progress where account_id = $1 group by parcours_id) g
join catalyse.parcours p on p.id = g.parcours_id and p.state = 'publiee'
cross join lateral (
	select count(d.step) as done, count(*) as total, max(y.since) filter (where d.step is not null) as reach
	from parcours_way y left join parcours_progress d on d.parcours_id = y.parcours_id and d.step = y.code and d.account_id = $1
	where y.parcours_id = p.id and not y.gone
) w
left join lateral (
	select y.code, y.title, y.since from parcours_way y
	where y.parcours_id = p.id and not y.gone and y.since <= coalesce(w.reach, 2)
		and not exists (select from parcours_progress d where d.parcours_id = y.parcours_id and d.step = y.code and d.account_id = $1)
	order by y.position limit 1
) x on true
order by g.day desc, p.title
