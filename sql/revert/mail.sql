-- Revert catalyse:mail from pg
begin;
drop function private.mail_erase(int), private.mail_forget(int), private.mail_unsubscribe(text, boolean), private.mail_prefer(int, text),
	private.mail_digest(), private.mail_escape(text), private.mail_bounce(bigint, text, boolean, text), private.mail_lapsed(),
	private.mail_done(bigint, int, text, text, boolean), private.mail_mark_address(text, boolean, text), private.mail_end(bigint, int),
	private.mail_wait(int), private.mail_put(text, int, text, text, text, text, timestamptz), private.mail_hash(text);
drop table private.mail_outbox, private.mail_address, private.mail_refusal, private.mail_preference, private.mail_kind;
commit;
