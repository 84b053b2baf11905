-- Verify catalyse:alert on pg
begin;
select id, query, turn, total, looked_at from private.watch where false;
select watch_id, kind, item_id, stamp, title, path, first, turn from private.watch_item where false;
select id, email, since from private.follower where false;
select id, follower_id, watch_id, label, rhythm, paused, turn, empty, since, told_on from private.alert where false;
select outbox_id, alert_id from private.alert_sent where false;
select 1 / (has_function_privilege('catalyse_rw', 'private.watch_look(int, text[], int[], text[], text[], text[], boolean)', 'execute')
	and has_function_privilege('catalyse_rw', 'private.alert_put(text, int, text, text, int, boolean)', 'execute')
	and not has_schema_privilege('catalyse_ro', 'private', 'usage'))::int;
select 1 / count(*) from private.mail_kind where kind = 'alerte';
select 1 / (count(*) = 5)::int from private.personal where relation in ('private.follower', 'private.alert', 'private.alert_sent', 'private.watch', 'private.watch_item');
rollback;
