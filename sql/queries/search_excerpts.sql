-- name: search_excerpts
-- purpose: where the words of a question stand in the sheets shown: in the summary, whole, or in a passage of the body; what is
--   found is between U+0001 and U+0002. The words as they were typed are looked for before those that mean the same; a word of a
--   sequence is not shown as found alone. Of a sheet that has them neither there nor in its title, the term, the actor or the
--   place that has them, if one does, and which facet that is of ("acteur": an actor)
-- param: q text
-- param: ids int[]
-- column: id int
-- column: summary text
-- column: passage text
-- column: facet text
-- column: label text
-- rows: many
with want as materialized (
	select q as query, typed, search_any(q) as part, search_any(typed) as typed_part, search_pattern(q) as pattern, search_pattern(typed) as typed_pattern,
		search_spans(search_pattern(q), $1) as spans, search_spans(search_pattern(typed), $1) as typed_spans
	from search_query($1) q cross join search_typed($1) typed
)
select s.id, coalesce(a.summary, c.summary) as summary, coalesce(b.passage, d.passage) as passage, e.facet, e.label
from sheet s
join sheet_index i on i.sheet_id = s.id
cross join want w
-- The index says where something may be (d: the body, the kind, the places around): a text is read with the dictionaries only there.
cross join lateral (
	select ts_filter(i.words, '{b}') @@ w.part as summary, ts_filter(i.words, '{d}') @@ w.part as body,
		ts_filter(i.words, '{b}') @@ w.typed_part as typed_summary, ts_filter(i.words, '{d}') @@ w.typed_part as typed_body offset 0
) has
cross join lateral (
	select case when has.summary and has.typed_summary then search_marked(s.summary, w.typed, w.part, w.typed_spans) end as summary offset 0
) a
cross join lateral (
	select case when has.body and has.typed_body and a.summary is null then search_passage(s.sections, w.typed, w.part, w.typed_pattern, w.typed_spans) end as passage offset 0
) b
cross join lateral (
	select case when has.summary and coalesce(a.summary, b.passage) is null and w.query <> w.typed
		then search_marked(s.summary, w.query, w.part, w.spans) end as summary offset 0
) c
cross join lateral (
	select case when has.body and coalesce(a.summary, b.passage, c.summary) is null and w.query <> w.typed
		then search_passage(s.sections, w.query, w.part, w.pattern, w.spans) end as passage offset 0
) d
left join lateral (
	select l.facet, coalesce(search_marked(l.label, w.query, w.part), l.label) as label
	from (
		select 1 as o, m.scheme as facet, m.label from sheet_term st join term m on m.id = st.term_id where st.sheet_id = s.id
		union all
		select 2, 'acteur', c.name from sheet_catalyst sc join catalyst c on c.id = sc.catalyst_id
		where sc.sheet_id = s.id and c.state = 'publiee'
		union all
		select 2, 'acteur', o.name from structure o where o.id = s.structure_id
		union all
		select 3, 'territoire', t.name from sheet_territory st join territory t on t.id = st.territory_id
		where st.sheet_id = s.id and t.type <> 'pays'
		union all
		select 4, 'territoire', t.name from sheet_territory st join territory_tree tt on tt.territory_id = st.territory_id
			join territory t on t.id = tt.ancestor_id where st.sheet_id = s.id and t.type <> 'pays'
	) l
	where coalesce(a.summary, b.passage, c.summary, d.passage) is null and not ts_filter(i.words, '{a}') @@ w.part
		and search_vector(l.label) @@ w.part
	order by l.o, l.label limit 1
) e on true
where s.id = any ($2)
