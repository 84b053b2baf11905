-- name: sheet_parts
-- purpose: what hangs on a sheet: terms, territories, authors, files, catalysts, related sheets, those drawn from it, parcours it is in, trials, further sources, versions
-- param: id int
-- column: part text
-- column: scheme text
-- column: code text
-- column: slug text
-- column: label text
-- column: n int
-- column: url text
-- column: note text
-- column: date date
-- column: origin text
-- column: lon float
-- column: lat float
-- column: who text
-- rows: many
select 'term' as part, t.scheme, t.code, '' as slug, t.label, t.position as n, '' as url, t.definition as note,
	null::date as date, t.origin::text as origin,
	null::float as lon, null::float as lat, '' as who
from sheet_term x join term t on t.id = x.term_id where x.sheet_id = $1
union all
select 'place', y.type, y.code, y.slug, y.name, y.id, case when y.type = 'pays' then 'FR'
	when y.type in ('commune', 'epci') then up.code else y.code end, '', null, '',
	case when y.type <> 'pays' then st_x(y.point) end, case when y.type <> 'pays' then st_y(y.point) end, ''
from sheet_territory x join territory y on y.id = x.territory_id left join territory up on up.id = y.parent_id
where x.sheet_id = $1
union all
select 'catalyst', c.kind, '', c.slug, c.name, c.id, '', x.role, null, '', null, null, ''
from sheet_catalyst x join catalyst c on c.id = x.catalyst_id where x.sheet_id = $1 and c.state = 'publiee'
union all
select 'link', s.type, x.kind, s.slug, s.title, s.id, '', '', null, '', null, null, ''
from sheet_link x join sheet s on s.id = x.other_id
where x.sheet_id = $1 and s.state in ('publiee', 'a_actualiser')
union all
select 'derived', s.type, x.kind, s.slug, s.title, s.id, '', '', null, '', null, null, ''
from sheet_link x join sheet s on s.id = x.sheet_id
where x.other_id = $1 and x.kind = 'inspire' and s.state in ('publiee', 'a_actualiser')
union all
select 'adoption', y.type, y.code, y.slug, y.name, coalesce(x.year, 0), case when y.type = 'pays' then 'FR'
	when y.type in ('commune', 'epci') then up.code else y.code end, x.note, x.created_at::date, x.outcome, null, null, x.who
from adoption x join territory y on y.id = x.territory_id left join territory up on up.id = y.parent_id where x.sheet_id = $1
union all
select 'source', coalesce(x.publisher, ''), coalesce(x.year::text, ''), '', x.label, x.position, coalesce(x.url::text, ''), '', null, '', null, null, ''
from sheet_source x where x.sheet_id = $1
union all
select 'author', '', x.contributor_id::text, '', coalesce(c.name, ''), x.position, '', '', null, '', null, null, ''
from sheet_author x join contributor c on c.id = x.contributor_id where x.sheet_id = $1
union all
select 'attachment', '', f.hash, f.name, f.label, f.id, coalesce(f.small_hash, ''), f.alt, null, f.type, f.width, f.height, f.size::text
from attachment_public($1) f
union all
select distinct 'parcours', '', '', p.slug, p.title, p.id, '', '', null::date, '', null::float, null::float, ''
from parcours_step x join parcours p on p.id = x.parcours_id where x.sheet_id = $1 and p.state = 'publiee'
union all
select 'version', '', v.hash, '', '', v.number, '', v.note, v.published_at::date, '', null, null, ''
from sheet_version v where v.sheet_id = $1
order by part, scheme, n
