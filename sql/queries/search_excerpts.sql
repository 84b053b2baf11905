-- name: search_excerpts
-- purpose: where the words of a question stand in the sheets shown: in the summary, whole, or in a passage of the body; what is
--   found is between U+0001 and U+0002; null when the words are elsewhere (title, terms, places)
-- param: q text
-- param: ids int[]
-- column: id int
-- column: summary text
-- column: passage text
-- rows: many
with want as materialized ( -- the words as typed before those that mean the same
	select search_query($1) as query, plainto_tsquery('catalyse_fr', translate(search_spelling($1), '-/_"«»~', '       ')) as typed
)
select s.id, x.summary, x.passage
from sheet s
cross join want w
cross join lateral (
	select t.* from (values
		(1, search_marked(s.summary, w.typed), null),
		(2, null, search_passage(s.sections, w.typed)),
		(3, search_marked(s.summary, w.query), null),
		(4, null, search_passage(s.sections, w.query))) t (rank, summary, passage)
	where t.summary is not null or t.passage is not null
	order by t.rank limit 1
) x
where s.id = any ($2)
