-- Revert catalyse:programmes from pg
begin;
drop table catalyse.territory_programme;
drop table catalyse.programme;
commit;
