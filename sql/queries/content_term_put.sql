-- name: content_term_put
-- purpose: write one term; its parent is looked for in its own scheme, then among the practices
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into term as t (scheme, code, label, definition, parent_id, position, origin, source_label, source_url, colour)
	select j->>'scheme', j->>'code', j->>'label', coalesce(j->>'definition', ''),
		(select p.id from term p
		where p.code = regexp_replace(j->>'parent', '^.*:', '') and p.scheme in (j->>'scheme', 'pratique')
		order by (p.scheme = j->>'scheme') desc limit 1),
		coalesce((j->>'position')::int, 0), j->>'origin', j->>'source_label', j->>'source_url', j->>'colour'
	from d
	on conflict (scheme, code) do update
	set label = excluded.label, definition = excluded.definition, parent_id = excluded.parent_id,
		position = excluded.position, origin = excluded.origin, source_label = excluded.source_label,
		source_url = excluded.source_url, colour = excluded.colour
	where (t.label, t.definition, t.parent_id, t.position, t.origin, t.source_label, t.source_url, t.colour)
		is distinct from (excluded.label, excluded.definition, excluded.parent_id, excluded.position, excluded.origin,
			excluded.source_label, excluded.source_url, excluded.colour)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
