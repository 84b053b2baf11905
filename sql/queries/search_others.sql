-- name: search_others
-- purpose: what a question finds besides sheets, catalysts and territories: parcours and events, the best first, each with how
--   many there are in all; and the themes, to offer when there is nothing at all
-- param: q text
-- param: size int
-- column: part text
-- column: code text
-- column: title text
-- column: note text
-- column: day date
-- column: url text
-- column: total int
-- rows: many
with want as materialized (
	select search_query($1) as query
), found as (
	select 'parcours' as part, p.slug as code, p.title, p.summary as note, null::date as day, null::text as url,
		ts_rank(p.words, w.query) as score
	from want w join parcours p on p.words @@ w.query
	where p.state = 'publiee'
	union all
	select 'rencontre', e.address, e.title, e.summary, case e.date_known when 'jour' then e.starts_on end, coalesce(e.replay_url, e.url), ts_rank(e.words, w.query)
	from want w join event e on e.words @@ w.query
), counted as (
	select f.*, count(*) over (partition by f.part) as total,
		row_number() over (partition by f.part order by f.score desc, f.day desc nulls last, f.code) as rank
	from found f
)
select part, code, title, note, day, url, total::int as total from (
	select c.part, c.code, c.title, c.note, c.day, c.url, c.total, c.rank from counted c where c.rank <= $2
	union all
	select 'theme', t.code, t.label, '', null, null, 0, t.position from term t where t.scheme = 'theme'
) x
order by part, rank
