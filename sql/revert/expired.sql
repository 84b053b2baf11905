-- Revert catalyse:expired from pg
begin;
drop function private.expired_forget();
commit;
