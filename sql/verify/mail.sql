-- Verify catalyse:mail on pg
begin;
select id, message_key, recipient, subject, body_text, body_html, address_hash, account_id, kind, priority, digest, digest_id, state, attempts,
	claim, created_at, not_before, leased_until, end_at, done_at, last_error, unsubscribe_hash from private.mail_outbox where false;
select account_id, level from private.mail_preference where false;
select account_id, address_hash, kind, since from private.mail_refusal where false;
select hash, bounces, last_at, hard_since, reason from private.mail_address where false;
select 1 / (count(*) >= 19)::int from private.mail_kind;
select 1 / (has_function_privilege('catalyse_rw', 'private.mail_put(text, int, text, text, text, text, timestamptz)', 'execute')
	and not has_table_privilege('catalyse_ro', 'private.mail_outbox', 'select'))::int;
rollback;
