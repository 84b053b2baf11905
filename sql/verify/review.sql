-- Verify catalyse:review on pg
begin;
select id, sheet_id, round, at, author_id, invitation_id, kind, side, field, quote, body, reply_to, decision_id, settled_at from private.review_message where false;
select sheet_id, round, reviewer_id, invitation_id, criterion, verdict, comment from private.review_answer where false;
select sheet_id, round, content, region_id, submitted_at, answered_at, decided_at from private.review_round where false;
select id, sheet_id, name, token_hash, invited_by, answered_at from private.review_invitation where false;
select account_id, from_on, to_on from private.account_absence where false;
select 1 / (count(*) >= 6)::int from private.criterion where principal;
select 1 / (count(distinct act) = 7)::int from private.review_reason;
select 1 / (has_function_privilege('catalyse_rw', 'private.sheet_move(int, int, text, text, int)', 'execute')
	and has_function_privilege('catalyse_ro', 'catalyse.review_delays()', 'execute')
	and not has_table_privilege('catalyse_ro', 'private.review_message', 'select'))::int;
rollback;
