-- Revert catalyse:personal from pg
begin;
drop trigger mail_goodbye on private.mail_outbox;
drop function private.mail_goodbye();
drop function private.account_export(int);
drop function private.address_erase(text);
drop function private.account_erase_again(int, timestamptz, text);
drop function private.account_erase(int, text, int);
alter table private.erasure drop column made_at;
drop function private.account_leave(int, text);
drop function private.account_alone(int);
drop table private.personal;
drop function private.personal_strike(text, text, text);
commit;
