-- name: work_save
-- purpose: keep a text; no row when rev is not the last one, or the text may not change now. The same text again changes nothing
-- role: rw
-- param: actor int
-- param: sheet int
-- param: rev int
-- param: content jsonb
-- column: rev int
-- rows: maybe
update private.work w set content = $4, rev = w.rev + (w.content is distinct from $4)::int, saved_by = $1, saved_at = now()
where w.sheet_id = $2 and w.rev = $3 and w.state in ('brouillon', 'modifications_demandees', 'refusee') and 'ecrire' = any (private.work_rights($1, $2))
returning w.rev
