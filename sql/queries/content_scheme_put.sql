-- name: content_scheme_put
-- purpose: write one scheme of the reference content; says added, changed or same
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into scheme as s (code, label, description, origin, source_label, source_url, position)
	select j->>'code', j->>'label', coalesce(j->>'description', ''), j->>'origin', j->>'source_label', j->>'source_url',
		coalesce((j->>'position')::int, 0)
	from d
	on conflict (code) do update
	set label = excluded.label, description = excluded.description, origin = excluded.origin,
		source_label = excluded.source_label, source_url = excluded.source_url, position = excluded.position
	where (s.label, s.description, s.origin, s.source_label, s.source_url, s.position)
		is distinct from (excluded.label, excluded.description, excluded.origin, excluded.source_label, excluded.source_url,
			excluded.position)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
