-- Revert catalyse:structure_life from pg
begin;
drop function private.sheet_transfer(int, int, int);
drop function private.structure_name(int, int, int, text);
drop function private.structure_leave(int, int, int);
drop function private.structure_reply(int, int, bool, bool);
drop function private.structure_invite(int, int, text, text);
drop function private.structure_answer(int, int, int, bool);
drop function private.structure_ask(int, int, text);
drop function private.structure_change(int, int, text, text, text, int, text);
drop function private.structure_declare(int, text, text, text, int, text, text);
drop function private.structure_decides(int, int);
drop function private.structure_deciders(int);
update private.personal set columns = '{}', query = 'select o.id as numero, o.name as nom, m.role, m.state as etat, m.since as depuis from private.structure_member m
			join catalyse.structure o on o.id = m.structure_id where m.account_id = $1 order by m.since' where relation = 'private.structure_member';
alter table private.structure_member drop column message;
alter table catalyse.structure drop column siren;
delete from private.mail_outbox where kind = 'adhesion';
delete from private.mail_refusal where kind = 'adhesion';
delete from private.mail_kind where kind = 'adhesion';
commit;
