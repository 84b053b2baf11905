-- Revert catalyse:registration from pg
begin;
drop function private.event_series_save(int, int, text, text, text), private.event_join(int, int, text, text, jsonb), private.event_decide(int, int, text, text),
	private.event_save(int, int, jsonb), private.registration_forget(int), private.registration_cancel(int), private.registration_promote(int),
	private.registration_confirm(int, text, text, text, int);
delete from private.personal where relation in ('private.event_link', 'private.event_registration');
drop table private.event_registration, private.event_link;
drop function private.event_registration_count();
drop trigger mail_enclosure_forget on private.mail_outbox;
drop function private.mail_enclosure_forget();
alter table private.mail_outbox drop constraint mail_outbox_enclosure, drop column enclosure, drop column enclosure_type, drop column enclosure_file;
delete from private.mail_outbox where kind = 'rendez_vous';
delete from private.mail_refusal where kind = 'rendez_vous';
delete from private.mail_kind where kind = 'rendez_vous';
commit;
