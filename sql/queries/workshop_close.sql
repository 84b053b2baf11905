-- name: workshop_close
-- purpose: ends a session now, or opens it again for some hours; eight days after its beginning it stays ended
-- role: rw
-- param: workshop int
-- param: hours int
-- param: actor int
-- column: line bigint
-- rows: maybe
-- writes: through journal_add
with done as (
	update private.workshop w set closes_at = least(greatest(now() + make_interval(hours => $2), w.opened_at + interval '1 second'), w.opened_at + interval '8 days')
	where w.id = $1 returning w.id
)
select j.line from done d, lateral private.journal_add($3, case when $2 = 0 then 'fermer' else 'rouvrir' end, 'atelier', d.id, '{}', '') j (line)
