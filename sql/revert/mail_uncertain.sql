-- Revert catalyse:mail_uncertain from pg
begin;
drop index private.mail_outbox_uncertain_idx;
drop function private.mail_resolve(bigint, bool);
commit;
