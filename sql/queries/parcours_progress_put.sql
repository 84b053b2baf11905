-- name: parcours_progress_put
-- purpose: keep the steps somebody has done of one parcours: these too, or (only) these and no other; codes of no step are left aside
-- role: rw
-- param: account int
-- param: slug text
-- param: steps text[]
-- param: only bool
-- column: kept int
-- rows: one
with p as (
	select id from catalyse.parcours where slug = $2
), gone as (
	delete from parcours_progress g using p where $4 and g.account_id = $1 and g.parcours_id = p.id and g.step <> all (coalesce($3, '{}')) returning 1
), come as (
	insert into parcours_progress (account_id, parcours_id, step)
	select $1, p.id, st.code from p join parcours_step st on st.parcours_id = p.id where st.code = any ($3)
	on conflict do nothing returning 1
)
select ((select count(*) from come) + 0 * (select count(*) from gone))::int as kept
