-- name: territory_programmes
-- purpose: the programmes a territory takes part in (ici), those of the territories that contain it (autour), and how many of the
--   territories it contains take part in each (dedans: n, without label nor date)
-- param: id int
-- column: part text
-- column: code text
-- column: name text
-- column: label text
-- column: signed_on date
-- column: period text
-- column: url text
-- column: source text
-- column: vintage text
-- column: loaded_on date
-- column: type text
-- column: place_code text
-- column: slug text
-- column: place text
-- column: n int
-- column: has_term bool
-- column: o1 int
-- column: o2 smallint
-- rows: many
with held as (
	select 'ici' as part, 0 as o, p.*, p.territory_id as place_id from territory_programme p where p.territory_id = $1
	union all
	select 'autour', tt.depth, p.*, p.territory_id
	from territory_tree tt join territory_programme p on p.territory_id = tt.ancestor_id
	where tt.territory_id = $1 and tt.depth > 0
)
select h.part, g.code::text as code, g.name::text as name, h.label, h.signed_on, h.period, h.url::text as url, h.source, h.vintage,
	(h.loaded_at at time zone 'UTC')::date as loaded_on, t.type, t.code as place_code, t.slug::text as slug, t.name::text as place,
	null::int as n, exists (select from term m where m.scheme = 'dispositif' and m.code = g.code) as has_term, h.o as o1, g.position as o2
from held h join programme g on g.code = h.programme_code join territory t on t.id = h.place_id
union all
select 'dedans', g.code, g.name, null, null, null, null, max(p.source), max(p.vintage), max((p.loaded_at at time zone 'UTC')::date), t.type, null,
	null, null, count(distinct p.territory_id)::int, exists (select from term m where m.scheme = 'dispositif' and m.code = g.code), 9, g.position
from territory_tree tt
join territory_programme p on p.territory_id = tt.territory_id
join territory t on t.id = p.territory_id
join programme g on g.code = p.programme_code
where tt.ancestor_id = $1 and tt.depth > 0
group by g.code, g.name, g.position, t.type
order by o1, o2, label, place
