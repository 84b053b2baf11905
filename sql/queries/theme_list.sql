-- name: theme_list
-- purpose: the thématiques in use with their objectives, and how much there is for each; of one of them when a code is given
-- param: code text
-- column: code text
-- column: label text
-- column: definition text
-- column: origin text
-- column: source_label text
-- column: source_url text
-- column: odd_codes text
-- column: odd_labels text
-- column: methods int
-- column: examples int
-- column: figures int
-- column: tools int
-- column: skills int
-- column: resources int
-- column: catalysts int
-- rows: many
select t.code, t.label, t.definition, t.origin::text as origin, t.source_label, t.source_url::text as source_url,
	coalesce(o.codes, '') as odd_codes, coalesce(o.labels, '') as odd_labels, coalesce(n.m, 0)::int as methods, coalesce(n.e, 0)::int as examples,
	coalesce(n.d, 0)::int as figures, coalesce(n.o, 0)::int as tools, coalesce(n.c, 0)::int as skills,
	(select count(*) from resource_term rt join resource r on r.id = rt.resource_id and r.shown where rt.term_id = t.id)::int as resources,
	(select count(*) from catalyst_term ct join catalyst c on c.id = ct.catalyst_id and c.state = 'publiee' where ct.term_id = t.id)::int as catalysts
from term t
left join lateral (
	select string_agg(x.code, '|' order by l.position, x.position) as codes, string_agg(x.label, '|' order by l.position, x.position) as labels
	from term_link l join term x on x.id = l.other_id and x.scheme = 'odd' where l.term_id = t.id and l.kept
) o on true
left join lateral (
	select count(*) filter (where i.type = 'methode') as m, count(*) filter (where i.type = 'exemple') as e, count(*) filter (where i.type = 'donnee') as d,
		count(*) filter (where i.type = 'outil') as o, count(*) filter (where i.type = 'competence') as c
	from sheet_index i where i.terms @> array[t.id]
) n on true
where t.scheme = 'theme' and ($1::text is null or t.code = $1) and t.merged_into is null and (t.valid_to is null or t.valid_to > current_date)
order by t.position, t.label
