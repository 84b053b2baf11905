-- name: review_grid_put
-- purpose: what somebody answers to a criterion in this round; no verdict takes it back
-- role: rw
-- param: sheet int
-- param: reviewer int
-- param: invitation int
-- param: criterion text
-- param: verdict text
-- param: comment text
-- rows: none
with gone as (
	delete from review_answer a using work w where w.sheet_id = $1 and a.sheet_id = $1 and a.round = w.round and a.criterion = $4 and $5 = ''
		and a.reviewer_id is not distinct from $2 and a.invitation_id is not distinct from $3
)
insert into review_answer (sheet_id, round, reviewer_id, invitation_id, criterion, verdict, comment)
select $1, w.round, $2, $3, k.code, $5, $6 from work w join criterion k on k.code = $4 where w.sheet_id = $1 and $5 <> ''
on conflict (sheet_id, round, criterion, coalesce(reviewer_id, 0), coalesce(invitation_id, 0))
do update set verdict = excluded.verdict, comment = excluded.comment, at = now()
