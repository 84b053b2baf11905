-- Revert catalyse:espace_adaptation from pg
begin;
set local search_path to private, catalyse, public;
drop function private.espace_adapt(int, int, int, text, text, text, text), catalyse.espace_common_text(int, text);
drop table catalyse.espace_adaptation;
commit;
