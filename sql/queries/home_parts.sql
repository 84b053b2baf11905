-- name: home_parts
-- purpose: what the home page counts: sheets by kind, the seven parcours with the sheets one may begin with, the next or last event
-- param: none
-- column: part text
-- column: code text
-- column: label text
-- column: n int
-- column: id int
-- column: slug text
-- column: title text
-- column: date date
-- column: hour text
-- column: hour_reunion text
-- column: note text
-- column: url text
-- column: rank int
-- rows: many
-- a large base has counted them (docs/design/echelle.md)
select 'kind' as part, k.code, '' as label, k.n, null::int as id, '' as slug, '' as title,
	null::date as date, '' as hour, '' as hour_reunion, '' as note, '' as url, 0 as rank
from (
	select v.code, v.n from sheet_value v where v.facet = 'type' and v.n > 0 and (select wide from sheet_wide_state)
	union all
	select i.type, count(*)::int from sheet_index i where not (select wide from sheet_wide_state) group by i.type
) k
union all
select 'parcours', t.code, t.label, c.n, s.id, s.slug, s.title, null, t.position::text, '', '',
	coalesce((select '/parcours/' || p.slug from parcours p where p.term_id = t.id and p.state = 'publiee' order by p.author_id is not null, p.position limit 1), ''), coalesce(f.rank, 0)
from term t
cross join lateral (
	select case when (select wide from sheet_wide_state) then coalesce((select v.n from sheet_value v where v.facet = 'parcours' and v.code = t.code), 0)
		else (select count(*)::int from sheet_index i where i.terms @> array[t.id]) end as n
) c
left join lateral ( -- the methods its parcours goes through, in its order; then the first method, and the first sheet: along the ids, where there are some
	select x.sheet_id, row_number() over (order by x.o, x.nth)::int as rank
	from (
		(select w.seen_id as sheet_id, 0 as o, w.position::int as nth
		from (select p.id from parcours p where p.term_id = t.id and p.state = 'publiee' order by p.author_id is not null, p.position limit 1) p
		join parcours_way w on w.parcours_id = p.id join sheet_index i on i.sheet_id = w.seen_id and i.type = 'methode' order by w.position limit 7)
		union all
		(select i.sheet_id, 1, 0 from sheet_index i where i.terms @> array[t.id] and i.type = 'methode' and c.n > 0 and (not (select wide from sheet_wide_state)
			or exists (select from sheet_pair p join sheet_value m on m.value = p.a and m.facet = 'type' and m.code = 'methode'
				join sheet_value v on v.value = p.b and v.facet = 'parcours' and v.code = t.code where p.n > 0)) order by i.sheet_id limit 1)
		union all
		(select i.sheet_id, 2, 0 from sheet_index i where i.terms @> array[t.id] and c.n > 0 order by i.sheet_id limit 1)) x
) f on true
left join sheet s on s.id = f.sheet_id
where t.scheme = 'parcours'
union all
(select case when e.starts_on >= current_date then 'next' else 'last' end, e.ref, coalesce(es.name, ''), null, e.id, e.slug, e.title,
	e.starts_on, coalesce(to_char(e.starts_at at time zone e.timezone, 'FMHH24" h"'), ''),
	coalesce(to_char(e.starts_at at time zone 'Indian/Reunion', 'FMHH24" h"'), ''), e.summary, coalesce(e.replay_url, e.url, e.source_url, ''), 0
from event e left join event_series es on es.id = e.series_id
where e.status <> 'annule' and e.date_known = 'jour'
order by e.starts_on >= current_date desc, abs(e.starts_on - current_date) limit 1)
order by part, hour, code, rank
