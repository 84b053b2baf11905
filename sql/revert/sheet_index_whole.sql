-- Revert catalyse:sheet_index_whole from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
alter table sheet_index reset (toast_tuple_target);
commit;
