-- name: search_suggest
-- purpose: what a question begun may become: the last word completed, then sheets and catalysts that answer it so completed;
--   the best of the first 200 met, so that a frequent word costs no more than a rare one
-- param: q text
-- column: part text
-- column: id int
-- column: type text
-- column: slug text
-- column: label text
-- rows: many
with words as materialized (
	select c.completed, search_query(c.completed) as query, row_number() over (order by c.n desc, c.completed) as rank
	from search_complete($1, 6) c where search_finds(search_query(c.completed)) order by rank limit 3
), want as materialized (
	select q.query from (
		select a.query, 0 as rank from (select search_query($1) as query) a where numnode(a.query) > 0 and search_finds(a.query)
		union all
		select w.query, w.rank from words w
	) q
	order by q.rank limit 1
), sheet_met as (
	select i.sheet_id, search_score(i.words, w.query) as score from want w join sheet_index i on i.words @@ w.query limit 200
), catalyst_met as (
	select c.catalyst_id, search_score(c.words, w.query) as score from want w join catalyst_words c on c.words @@ w.query limit 200
)
select part, id, type, slug, label from (
	select 'mot' as part, null::int as id, null::text as type, null::text as slug, w.completed as label, 0 as block, w.rank
	from words w
	union all
	(select 'fiche', s.id, s.type, s.slug, s.title, 1, row_number() over (order by m.score desc, s.id)
	from sheet_met m join sheet s on s.id = m.sheet_id order by 7 limit 4)
	union all
	(select 'catalyseur', c.id, null, c.slug, c.name, 2, row_number() over (order by m.score desc, c.id)
	from catalyst_met m join catalyst c on c.id = m.catalyst_id order by 7 limit 2)
) x
order by block, rank
