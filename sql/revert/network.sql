-- Revert catalyse:network from pg
begin;
delete from private.personal where relation = 'private.network_request';
drop function private.catalyst_contact_set(int, int, text, bool);
drop function private.network_decide(int, int, bool, text, text);
drop function private.network_deciders(int);
drop function private.network_send(int, text, int, int, jsonb, text, int);
drop function private.network_member(int, int);
drop function private.catalyst_apply(int, int, jsonb);
drop function private.catalyst_said(text, jsonb);
drop function private.catalyst_plain(jsonb);
drop function private.catalyst_content(int);
drop table private.network_request, catalyse.catalyst_change;
alter table catalyse.catalyst drop column rev;
delete from private.mail_outbox where kind = 'reseau';
delete from private.mail_refusal where kind = 'reseau';
delete from private.mail_kind where kind = 'reseau';
commit;
