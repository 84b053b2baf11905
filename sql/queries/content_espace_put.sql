-- name: content_espace_put
-- purpose: write one front office
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into espace as s (code, name, host, tagline, position)
	select j->>'code', j->>'name', j->>'host', coalesce(j->>'tagline', ''), coalesce((j->>'position')::int, 0)
	from d
	on conflict (code) do update
	set name = excluded.name, host = excluded.host, tagline = excluded.tagline, position = excluded.position
	where (s.name, s.host, s.tagline, s.position)
		is distinct from (excluded.name, excluded.host, excluded.tagline, excluded.position)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
