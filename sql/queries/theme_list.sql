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
	coalesce(o.codes, '') as odd_codes, coalesce(o.labels, '') as odd_labels, coalesce(w.m, n.m)::int as methods, coalesce(w.e, n.e)::int as examples,
	coalesce(w.d, n.d)::int as figures, coalesce(w.o, n.o)::int as tools, coalesce(w.c, n.c)::int as skills,
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
	from sheet_index i where i.terms @> array[t.id] and not (select wide from sheet_wide_state)
) n on true
left join lateral ( -- a large base has counted them (docs/design/echelle.md): 2000001 and on are the kinds
	select max(p.n) filter (where p.b = 2000001) as m, max(p.n) filter (where p.b = 2000002) as e, max(p.n) filter (where p.b = 2000003) as d,
		max(p.n) filter (where p.b = 2000004) as o, max(p.n) filter (where p.b = 2000005) as c
	from sheet_pair p where p.a = t.id and p.b between 2000001 and 2000005 and (select wide from sheet_wide_state)
) w on true
where t.scheme = 'theme' and ($1::text is null or t.code = $1) and t.merged_into is null and (t.valid_to is null or t.valid_to > current_date)
order by t.position, t.label
