-- name: search_excerpts
-- purpose: where the words of a question stand in the sheets shown: in the summary, whole, or in a passage of the body; what is
--   found is between U+0001 and U+0002; null when the words are elsewhere (title, terms, places)
-- param: q text
-- param: ids int[]
-- column: id int
-- column: summary text
-- column: passage text
-- rows: many
with want as materialized (
	select search_query($1) as query
)
select s.id, x.summary, case when x.summary is null then search_passage(s.sections, w.query) end as passage
from sheet s
cross join want w
cross join lateral (select search_marked(s.summary, w.query) as summary) x
where s.id = any ($2)
