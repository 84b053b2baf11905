-- name: search_excerpts
-- purpose: where the words of a question stand in the sheets shown: in the summary, whole, or in a passage of the body; what is
--   found is between U+0001 and U+0002; nothing for a sheet whose words are elsewhere (title, terms, places). The words as they
--   were typed are looked for before those that mean the same
-- param: q text
-- param: ids int[]
-- column: id int
-- column: summary text
-- column: passage text
-- rows: many
with want as materialized (
	select search_query($1) as query, search_typed($1) as typed
)
select s.id, coalesce(a.summary, c.summary) as summary, coalesce(b.passage, d.passage) as passage
from sheet s
cross join want w
cross join lateral (select search_marked(s.summary, w.typed) as summary offset 0) a
cross join lateral (select case when a.summary is null then search_passage(s.sections, w.typed) end as passage offset 0) b
cross join lateral (
	select case when a.summary is null and b.passage is null and w.query <> w.typed
		then search_marked(s.summary, w.query) end as summary offset 0
) c
cross join lateral (
	select case when a.summary is null and b.passage is null and c.summary is null and w.query <> w.typed
		then search_passage(s.sections, w.query) end as passage offset 0
) d
where s.id = any ($2)
