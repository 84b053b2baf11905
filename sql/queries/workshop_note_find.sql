-- name: workshop_note_find
-- purpose: a note by the sum of its secret, as its author is shown it
-- role: rw
-- param: code text
-- param: claim text
-- column: id int
-- column: name text
-- column: content jsonb
-- column: title text
-- column: sheet_id int
-- column: claimed_by int
-- rows: maybe
select n.id, n.name, n.content, w.title, n.sheet_id, n.claimed_by
from private.workshop_note n
join private.workshop w on w.id = n.workshop_id
where n.claim = $2 and w.code = lower($1)
