-- name: shelf_resolve
-- purpose: what things kept are: their title, a line about them and their address, in the order given; no title: they are not online (any more)
-- param: kinds text[]
-- param: keys text[]
-- column: kind text
-- column: key text
-- column: id int
-- column: type text
-- column: title text
-- column: note text
-- column: path text
-- rows: many
select w.kind, w.key, coalesce(s.id, c.id, e.id, p.id) as id, s.type,
	coalesce(s.title, c.name, e.title, p.title)::text as title, coalesce(s.summary, c.summary, e.starts_on::text, p.summary) as note,
	case w.kind when 'fiche' then '/fiches/' || s.slug || '-' || s.id when 'catalyseur' then '/catalyseurs/' || c.slug || '-' || c.id when 'evenement' then '/evenements/' || e.address
		when 'parcours' then '/parcours/' || p.slug when 'page' then w.key end as path
from unnest($1::text[], $2::text[]) with ordinality w (kind, key, ord)
left join sheet s on s.id = case when w.kind = 'fiche' then w.key::int end and s.state in ('publiee', 'a_actualiser', 'archivee')
left join catalyst c on c.id = case when w.kind = 'catalyseur' then w.key::int end and c.state = 'publiee'
left join event e on e.id = case when w.kind = 'evenement' then w.key::int end
left join parcours p on w.kind = 'parcours' and p.slug = w.key and p.state = 'publiee'
order by w.ord
