-- name: parcours_list
-- purpose: public parcours, the platform's own first, with what each length holds that can still be read
-- param: offset int
-- param: size int
-- column: slug text
-- column: title text
-- column: situation text
-- column: summary text
-- column: origin text
-- column: term text
-- column: author text
-- column: signed bool
-- column: modified_at text
-- column: steps_2 int
-- column: steps_4 int
-- column: steps_12 int
-- column: minutes_2 int
-- column: minutes_4 int
-- column: minutes_12 int
-- column: total int
-- rows: many
with all_of as (
	select p.id, count(*) over () as total from parcours p where p.state = 'publiee'
	order by p.author_id is not null, p.position, p.title, p.id limit $2 offset $1
)
select p.slug, p.title, p.situation, p.summary, p.origin, t.code as term, c.name as author, p.author_id is not null as signed,
	to_char(p.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at,
	w.s2::int as steps_2, w.s4::int as steps_4, w.s12::int as steps_12, w.m2::int as minutes_2, w.m4::int as minutes_4, w.m12::int as minutes_12,
	a.total::int as total
from all_of a join parcours p on p.id = a.id left join term t on t.id = p.term_id left join contributor c on c.id = p.author_id
cross join lateral (
	select count(*) filter (where y.since <= 2) as s2, count(*) filter (where y.since <= 4) as s4, count(*) as s12,
		coalesce(sum(y.minutes) filter (where y.since <= 2), 0) as m2, coalesce(sum(y.minutes) filter (where y.since <= 4), 0) as m4,
		coalesce(sum(y.minutes), 0) as m12
	from parcours_way y where y.parcours_id = p.id and not y.gone
) w
order by p.author_id is not null, p.position, p.title, p.id
