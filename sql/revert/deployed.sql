-- Revert catalyse:deployed from pg
begin;
drop function private.deployed();
commit;
