-- name: parcours_work_list
-- purpose: parcours being composed: one's own, or (queue) all that editors and animateurs see, those that wait first
-- role: rw
-- param: actor int
-- param: queue bool
-- param: offset int
-- param: size int
-- column: id int
-- column: title text
-- column: state text
-- column: reason text
-- column: slug text
-- column: online bool
-- column: author text
-- column: own bool
-- column: steps int
-- column: saved_on text
-- column: submitted_on text
-- column: total int
-- rows: many
select w.id, coalesce(btrim(w.content->>'titre'), '') as title, w.state, w.reason, p.slug, coalesce(p.state = 'publiee', false) as online, c.name as author,
	w.author_id is null as own, coalesce(jsonb_array_length(w.content->'etapes'), 0) as steps, w.saved_at::date::text as saved_on, w.submitted_at::date::text as submitted_on,
	(count(*) over ())::int as total
from parcours_work w left join catalyse.parcours p on p.id = w.parcours_id left join contributor c on c.id = w.author_id
where case when $2 then w.state = 'soumise' or w.parcours_id is not null else w.author_id = $1 end
order by w.state = 'soumise' desc, case when w.state = 'soumise' then w.submitted_at end, w.author_id is null, w.saved_at desc, w.id desc
limit $4 offset $3
