-- name: content_espace_put
-- purpose: write one front office, unless its own pages have changed it since
-- param: doc jsonb
-- column: outcome text
-- rows: one
with d as (
	select $1::jsonb as j
), up as (
	insert into espace as s (code, name, brand, host, tagline, foot, mark, theme, rule, is_default, position)
	select j->>'code', j->>'name', coalesce(j->>'brand', ''), j->>'host', coalesce(j->>'tagline', ''), coalesce(j->>'pied', ''), coalesce(j->>'marque', 'lien'),
		jsonb_strip_nulls(jsonb_build_object('couleur', j->>'couleur', 'bande', j->>'bande', 'pied', j->>'fond_pied')), coalesce(j->>'regle', ''),
		coalesce((j->>'defaut')::bool, false) and not exists (select from espace x where x.is_default), coalesce((j->>'position')::int, 0)
	from d
	on conflict (code) do update
	set name = excluded.name, brand = excluded.brand, host = excluded.host, tagline = excluded.tagline, foot = excluded.foot, mark = excluded.mark,
		theme = excluded.theme, rule = excluded.rule, position = excluded.position
	where not s.edited and (s.name, s.brand, s.host, s.tagline, s.foot, s.mark, s.theme, s.rule, s.position) is distinct from
		(excluded.name, excluded.brand, excluded.host, excluded.tagline, excluded.foot, excluded.mark, excluded.theme, excluded.rule, excluded.position)
	returning (xmax = 0) as fresh
)
select case when exists (select from up where fresh) then 'added' when exists (select from up) then 'changed' else 'same' end
	as outcome;
