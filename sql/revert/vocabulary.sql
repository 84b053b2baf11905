-- Revert catalyse:vocabulary from pg
begin;
drop table catalyse.term, catalyse.scheme;
commit;
