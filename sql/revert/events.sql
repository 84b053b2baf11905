-- Revert catalyse:events from pg
begin;
drop table catalyse.event, catalyse.event_series;
commit;
