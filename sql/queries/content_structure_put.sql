-- name: content_structure_put
-- purpose: write one organisation of the reference content
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into structure as s (ref, name, kind, website, territory_id, origin, source_label, source_url)
	select j->>'ref', j->>'name', coalesce(j->>'kind', ''), j->>'website',
		(select t.id from territory t
		where t.type || ':' || t.code = case j->>'territoire' when 'national' then 'pays:FR' else j->>'territoire' end),
		j->>'origin', j->>'source_label', j->>'source_url'
	from d
	on conflict (ref) do update
	set name = excluded.name, kind = excluded.kind, website = excluded.website, territory_id = excluded.territory_id,
		origin = excluded.origin, source_label = excluded.source_label, source_url = excluded.source_url
	where (s.name, s.kind, s.website, s.territory_id, s.origin, s.source_label, s.source_url)
		is distinct from (excluded.name, excluded.kind, excluded.website, excluded.territory_id, excluded.origin,
			excluded.source_label, excluded.source_url)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
