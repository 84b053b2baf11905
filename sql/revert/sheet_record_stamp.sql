-- Revert catalyse:sheet_record_stamp from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
drop trigger record_stamp on sheet_record;
drop function sheet_record_stamp(), sheet_record_settled();
commit;
