-- name: content_espace_block_put
-- purpose: write one block of the home of a front office, unless its own pages have changed it since
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into espace_block as s (espace_id, ref, kind, title, body, size, position)
	select e.id, j->>'ref', j->>'sorte', coalesce(j->>'titre', ''), coalesce(j->>'texte', ''), coalesce((j->>'nombre')::int, 0), coalesce((j->>'position')::int, 0)
	from d join espace e on e.code = d.j->>'espace' and not e.edited
	on conflict (espace_id, ref) do update
	set kind = excluded.kind, title = excluded.title, body = excluded.body, size = excluded.size, position = excluded.position
	where (s.kind, s.title, s.body, s.size, s.position) is distinct from (excluded.kind, excluded.title, excluded.body, excluded.size, excluded.position)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
