-- name: review_due
-- purpose: the day by which an answer is expected, set by who holds the review; no row: it is not theirs to set
-- role: rw
-- param: actor int
-- param: sheet int
-- param: due date
-- column: id bigint
-- rows: maybe
with w as (
	update work set due_on = $3 where sheet_id = $2 and state in ('en_relecture', 'modifications_demandees') and reviewer_id = $1
		and 'relire' = any (work_rights($1, $2)) and $3 between current_date and current_date + 120 returning round
)
select journal_add($1, 'fixer_delai', 'fiche', $2, jsonb_build_object('machine', 'travail', 'tour', w.round, 'jour', $3), null) as id from w
