-- Revert catalyse:espaces from pg
begin;
drop table catalyse.espace_sheet, catalyse.espace;
commit;
