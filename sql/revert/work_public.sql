-- Revert catalyse:work_public from pg
-- As before: the functions alone look for the public sheet.
begin;
set local role catalyse_owner;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';

drop trigger work_become_public on work;
drop trigger work_begin_public on work;
drop function work_public_check();
commit;
