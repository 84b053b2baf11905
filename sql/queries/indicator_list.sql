-- name: indicator_list
-- purpose: the indicators published, in the order of the page; those of a theme, of an actor, or about a place or what contains it when asked
-- param: code text
-- param: themes text[]
-- param: profils text[]
-- param: territory text
-- column: id int
-- column: code text
-- column: label text
-- column: topic text
-- column: definition text
-- column: unit text
-- column: unit_label text
-- column: question text
-- column: asked text
-- column: method text
-- column: limits text
-- column: reading text
-- column: producer text
-- column: position int
-- column: origin text
-- column: modified_at timestamptz
-- column: figures int
-- column: places int
-- column: terms text
-- column: term_labels text
-- column: sheets text
-- rows: many
select i.id, i.code::text as code, i.label, i.topic, i.definition, i.unit, i.unit_label, i.question, i.asked, i.method, i.limits, i.reading, i.producer,
	i.position::int as position, i.origin::text as origin, greatest(i.modified_at, f.modified_at) as modified_at, coalesce(f.n, 0)::int as figures,
	coalesce(f.places, 0)::int as places,
	(select string_agg(t.scheme || ':' || t.code, '|' order by t.scheme, t.position) from indicator_term x join term t on t.id = x.term_id
		where x.indicator_id = i.id) as terms,
	(select string_agg(replace(t.label::text, '|', '/'), '|' order by t.scheme, t.position) from indicator_term x join term t on t.id = x.term_id
		where x.indicator_id = i.id) as term_labels,
	(select string_agg(s.ref::text, '|' order by s.id) from indicator_sheet x join sheet s on s.id = x.sheet_id where x.indicator_id = i.id) as sheets
from indicator i
left join (
	select indicator_id, count(*) as n, count(distinct territory_id) as places, max(modified_at) as modified_at from figure group by indicator_id
) f on f.indicator_id = i.id
where i.published and ($1::text is null or i.code = $1)
	and ($2::text[] is null or exists (select from indicator_term x join term t on t.id = x.term_id where x.indicator_id = i.id and t.scheme = 'theme' and t.code = any ($2)))
	and ($3::text[] is null or exists (select from indicator_term x join term t on t.id = x.term_id where x.indicator_id = i.id and t.scheme = 'profil' and t.code = any ($3)))
	and ($4::text is null or exists (
		select from figure g join territory_tree tt on tt.ancestor_id = g.territory_id join territory p on p.id = tt.territory_id
		where g.indicator_id = i.id and p.type || ':' || p.code = $4
			and (p.type = 'pays' or g.territory_id <> (select id from territory where type = 'pays' limit 1))
	))
order by i.position, i.label
