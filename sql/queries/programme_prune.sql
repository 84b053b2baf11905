-- name: programme_prune
-- purpose: what a newer list of these programmes no longer holds is taken out
-- param: programmes text[]
-- param: refs text[]
-- param: territories int[]
-- column: programme text
-- column: ref text
-- column: label text
-- column: type text
-- column: code text
-- column: name text
-- rows: many
with kept as materialized (
	select k.programme, k.ref, k.id from unnest($1::text[], $2::text[], $3::int[]) k(programme, ref, id)
), gone as (
	delete from territory_programme p
	where p.programme_code in (select programme from kept)
		and not exists (select from kept k where k.programme = p.programme_code and k.ref = p.ref and k.id = p.territory_id)
	returning p.programme_code, p.ref, p.label, p.territory_id
)
select g.programme_code::text as programme, g.ref, g.label, t.type, t.code, t.name::text as name
from gone g join territory t on t.id = g.territory_id
order by 1, 2, t.code
