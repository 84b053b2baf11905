-- Verify catalyse:sheet_record_stamp on pg
begin;
set local role catalyse_ro;
select 1 / (catalyse.sheet_record_settled() <= clock_timestamp())::int;
rollback;
