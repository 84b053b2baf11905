-- sheet_index for the sheets $1 to $2 (excluded): what sheet_index_refresh() writes, set by set.
prepare fill (bigint, bigint) as
with wanted as materialized (
	select s.* from sheet s where s.id >= $1 and s.id < $2 and s.state in ('publiee', 'a_actualiser')
), term_of as materialized (
	select st.sheet_id, array_agg(m.id order by m.id) as ids, string_agg(m.label, ' ; ') as labels
	from wanted w join sheet_term st on st.sheet_id = w.id join term m on m.id = st.term_id group by 1
), own as materialized (
	select st.sheet_id, array_agg(y.id order by y.id) as ids, string_agg(y.name, ' ; ') as names
	from wanted w join sheet_territory st on st.sheet_id = w.id join territory y on y.id = st.territory_id group by 1
), around as materialized (
	select st.sheet_id, array_agg(distinct tt.ancestor_id order by tt.ancestor_id) as ids,
		string_agg(distinct case when a.type <> 'pays' then a.name end, ' ; ') as names
	from wanted w join sheet_territory st on st.sheet_id = w.id join territory_tree tt on tt.territory_id = st.territory_id
	join territory a on a.id = tt.ancestor_id group by 1
)
insert into sheet_index (sheet_id, type, evidence, terms, territories, own_territories, words, verified_on)
select w.id, w.type, w.evidence, coalesce(t.ids, '{}'), a.ids, o.ids,
	setweight(to_tsvector('catalyse.catalyse_fr', w.title), 'A') || setweight(to_tsvector('catalyse.catalyse_fr', w.summary), 'B')
		|| setweight(to_tsvector('catalyse.catalyse_fr', concat_ws(' ; ', t.labels, o.names)), 'C')
		|| setweight(to_tsvector('catalyse.catalyse_fr', concat_ws(' ; ', w.type,
			(select string_agg(v.value, ' ; ') from jsonb_each_text(w.sections) v), a.names)), 'D'),
	w.verified_on
from wanted w join own o on o.sheet_id = w.id join around a on a.sheet_id = w.id left join term_of t on t.sheet_id = w.id
order by w.id;
