-- Verify catalyse:workshop on pg
begin;
select id, code, title, prompt, host_id, territory_id, opened_at, closes_at from private.workshop where false;
select id, workshop_id, key, name, content, email, claim, offline, written_at, hidden_at, sheet_id, claimed_by, claimed_at from private.workshop_note where false;
select 1 / count(*) from private.mail_kind where kind = 'atelier';
rollback;
