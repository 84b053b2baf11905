-- name: link_counts
-- purpose: how many addresses there are, to be asked, asked, failing, dead
-- role: rw
-- column: total int
-- column: due int
-- column: asked int
-- column: moved int
-- column: failing int
-- column: dead int
-- rows: one
select count(*)::int as total, (count(*) filter (where l.next_check <= now()))::int as due, (count(*) filter (where l.checked_at is not null))::int as asked,
	(count(*) filter (where l.outcome = 'deplace'))::int as moved, (count(*) filter (where l.failures > 0))::int as failing,
	(count(*) filter (where l.failures >= 3))::int as dead from link_check l
