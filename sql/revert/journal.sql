-- Revert catalyse:journal from pg
begin;
drop function private.journal_broken();
drop function private.journal_add(int, text, text, bigint, jsonb, text);
drop table private.journal_seal;
drop function private.journal_hash(text, private.journal);
drop table private.journal;
drop function private.journal_seal_add(), private.journal_keep();
commit;
