-- Revert catalyse:work_offer from pg
begin;
drop function private.work_offer(text, text, jsonb);
commit;
