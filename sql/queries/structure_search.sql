-- name: structure_search
-- purpose: the structures that some words name, the nearest first
-- role: rw
-- param: words text
-- column: id int
-- column: name text
-- column: kind text
-- column: place text
-- column: siren text
-- rows: many
select o.id, o.name, o.kind, coalesce(t.name, '') as place, coalesce(o.siren, '') as siren from catalyse.structure o left join territory t on t.id = o.territory_id
where unaccent(lower(o.name)) like '%' || replace(replace(replace(unaccent(lower(btrim($1))), '\', '\\'), '%', '\%'), '_', '\_') || '%'
	or word_similarity(unaccent(lower(btrim($1))), unaccent(lower(o.name))) > 0.5
	or o.siren = regexp_replace($1, '\D', '', 'g')
order by word_similarity(unaccent(lower(btrim($1))), unaccent(lower(o.name))) desc, o.name limit 12
