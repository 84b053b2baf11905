-- name: parcours_progress_find
-- purpose: the steps somebody has done of one parcours, in its order; no row: there is no such parcours
-- role: rw
-- param: account int
-- param: slug text
-- column: parcours_id int
-- column: done text
-- rows: maybe
select p.id as parcours_id, coalesce((select string_agg(st.code, ' ' order by st.position) from parcours_step st join parcours_progress g
	on g.parcours_id = st.parcours_id and g.step = st.code where st.parcours_id = p.id and g.account_id = $1), '') as done
from catalyse.parcours p where p.slug = $2
