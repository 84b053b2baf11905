-- Verify catalyse:introductions on pg
begin;
select catalyst_id, email, confirmed_at, relay from private.catalyst_contact where false;
select id, catalyst_id, region_id, made_on, last_at, answered_on, closed_at, name, email, subject, place, need from private.introduction where false;
select id, introduction_id, side, account_id, at, body from private.introduction_message where false;
select catalyst_id, reach, held from catalyse.catalyst_reach where false;
select part, code, region_id, n, answered from catalyse.introduction_count where false;
select 1 / (has_table_privilege('catalyse_ro', 'catalyse.catalyst_reach', 'select') and not has_table_privilege('catalyse_rw', 'catalyse.catalyst_reach', 'insert')
	and has_function_privilege('catalyse_rw', 'private.introduction_say(int, text, int, text)', 'execute'))::int;
rollback;
