-- Verify catalyse:follow on pg
begin;
select id, sheet_id, version, field, before, after, note, author_id, email, credit, state, created_at, decided_by, decided_at, reason, outcome,
	published_version, escalated_at from private.suggestion where false;
select id, sheet_id, reason, body, author_id, email, state, created_at, decided_by, decided_at, reply from private.report where false;
select id, sheet_id, territory_id, who, year, outcome, note, created_at from catalyse.adoption where false;
select sheet_id, asked_at, reminded_at, escalated_at, ignored from private.freshness where false;
select url, sheet_ids, status, outcome, moved_to, failures, first_failure_on, last_failure_on, checked_at, next_check from private.link_check where false;
select 1 / (has_table_privilege('catalyse_ro', 'catalyse.adoption', 'select') and not has_table_privilege('catalyse_rw', 'catalyse.adoption', 'insert')
	and has_function_privilege('catalyse_rw', 'private.suggestion_decide(int, int, text, text, text, text)', 'execute'))::int;
rollback;
