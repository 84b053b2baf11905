-- name: programme_put
-- purpose: writes that a territory takes part in a programme. The territory is looked for by its code, then among the former codes,
--   then by its name where only one of its kind bears it (a commune: in the département given). outcome: added, changed, same, unknown; how: code, ancien, nom
-- param: programme text
-- param: ref text
-- param: label text
-- param: type text
-- param: code text
-- param: name text
-- param: departement text
-- param: signed_on date
-- param: period text
-- param: url text
-- param: source text
-- param: vintage text
-- column: outcome text
-- column: how text
-- column: territory_id int
-- column: type text
-- column: code text
-- column: name text
-- rows: one
with found as materialized (
	select x.id, x.how from (
		select t.id, 'code' as how, 1 as o from territory t where t.type = $4 and t.code = $5 and t.valid_to is null
		union all
		select f.successor_id, 'ancien', 2 from territory_former f where f.type = $4 and f.code = $5
		union all
		select min(t.id), 'nom', 3 from territory t left join territory d on d.id = t.parent_id
		where t.type = $4 and t.valid_to is null and t.search = territory_search_normalise($6)
			and case $4 when 'commune' then d.code = $7 and length($5) <> 5 when 'epci' then $5 !~ '^[0-9]{9}$' else $5 !~ '^[0-9AB]{2,3}$' end
		having count(*) = 1
	) x where x.id is not null order by x.o limit 1
), up as (
	insert into territory_programme as p (programme_code, territory_id, ref, label, signed_on, period, url, file_code, source, vintage)
	select $1, f.id, $2, coalesce($3, ''), $8, coalesce($9, ''), $10, $5, $11, $12 from found f
	on conflict (programme_code, ref, territory_id) do update
	set label = excluded.label, signed_on = excluded.signed_on, period = excluded.period, url = excluded.url,
		file_code = excluded.file_code, source = excluded.source, vintage = excluded.vintage, loaded_at = excluded.loaded_at
	-- two former communes may now be one: their row does not change for that
	where (p.label, p.signed_on, p.period, p.url::text, p.source, p.vintage)
		is distinct from (excluded.label, excluded.signed_on, excluded.period, excluded.url::text, excluded.source,
			coalesce(excluded.vintage, p.vintage))
	returning (xmax = 0) as fresh
)
select case when f.id is null then 'unknown' when exists (select from up where fresh) then 'added'
		when exists (select from up) then 'changed' else 'same' end as outcome,
	coalesce(f.how, '') as how, f.id as territory_id, t.type, t.code, t.name::text as name
from (values (1)) one left join found f on true left join territory t on t.id = f.id
