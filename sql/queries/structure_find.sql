-- name: structure_find
-- purpose: a structure as one who asks may know it: what it is, what they are in it, whether they decide, whether anybody answers for it
-- role: rw
-- param: actor int
-- param: id int
-- column: id int
-- column: name text
-- column: kind text
-- column: website text
-- column: siren text
-- column: source text
-- column: place_key text
-- column: place_name text
-- column: place_type text
-- column: place_code text
-- column: place_slug text
-- column: role text
-- column: state text
-- column: decides bool
-- column: held bool
-- rows: maybe
select o.id, o.name, o.kind, coalesce(o.website::text, '') as website, coalesce(o.siren, '') as siren, coalesce(o.source_label, '') as source,
	coalesce(t.type || ':' || t.code, '') as place_key, coalesce(t.name, '') as place_name, coalesce(t.type, '') as place_type, coalesce(t.code, '') as place_code,
	coalesce(t.slug, '') as place_slug, coalesce(m.role, '') as role, coalesce(m.state, '') as state, structure_decides($1, o.id) as decides,
	exists (select from structure_deciders(o.id) d where d.responsable) as held
from catalyse.structure o left join territory t on t.id = o.territory_id left join structure_member m on m.structure_id = o.id and m.account_id = $1
where o.id = $2
