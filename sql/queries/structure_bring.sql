-- name: structure_bring
-- purpose: the sheets that somebody signs, may hand over, and that are not this structure's
-- role: rw
-- param: actor int
-- param: structure int
-- column: id int
-- column: title text
-- rows: many
select w.sheet_id as id, coalesce(nullif(btrim(w.content->>'titre'), ''), 'Fiche ' || w.sheet_id) as title
from work_author a join work w on w.sheet_id = a.sheet_id
where a.account_id = $1 and a.role = 'auteur' and w.structure_id is distinct from $2
order by w.saved_at desc limit 200
