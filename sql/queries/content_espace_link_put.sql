-- name: content_espace_link_put
-- purpose: write one line of the menu, the doors or the foot of a front office, unless its own pages have changed it since
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into espace_link as s (espace_id, ref, zone, grp, label, url, note, position)
	select e.id, j->>'ref', j->>'zone', coalesce(j->>'groupe', ''), j->>'label', j->>'adresse', coalesce(j->>'note', ''), coalesce((j->>'position')::int, 0)
	from d join espace e on e.code = d.j->>'espace' and not e.edited
	on conflict (espace_id, ref) do update
	set zone = excluded.zone, grp = excluded.grp, label = excluded.label, url = excluded.url, note = excluded.note, position = excluded.position
	where (s.zone, s.grp, s.label, s.url, s.note, s.position)
		is distinct from (excluded.zone, excluded.grp, excluded.label, excluded.url, excluded.note, excluded.position)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
