-- Revert catalyse:introductions from pg
begin;
delete from private.personal where relation in ('private.catalyst_contact', 'private.introduction', 'private.introduction_message');
drop view catalyse.introduction_count, catalyse.catalyst_reach;
drop function private.introduction_forget();
drop function private.introduction_close(int);
drop function private.introduction_wipe(int[]);
drop function private.introduction_say(int, text, int, text);
drop function private.introduction_open(int, text, text, text, text, int, text);
drop function private.introduction_region(int);
drop table private.introduction_message, private.introduction;
drop function private.catalyst_recipients(int);
drop table private.catalyst_contact;
delete from private.mail_outbox where kind in ('contact', 'contact_reponse');
delete from private.mail_refusal where kind in ('contact', 'contact_reponse');
delete from private.mail_kind where kind in ('contact', 'contact_reponse');
commit;
