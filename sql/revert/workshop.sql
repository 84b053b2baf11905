-- Revert catalyse:workshop from pg
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
delete from personal where relation in ('private.workshop', 'private.workshop_note');
drop function workshop_write(text, text, text, jsonb, text, text, bool), workshop_claim(int, text), workshop_forget();
drop table workshop_note, workshop;
delete from mail_outbox where kind = 'atelier';
delete from mail_kind where kind = 'atelier';
commit;
