-- Revert catalyse:territory_likeness from pg
begin;
drop function catalyse.territory_likeness_refresh();
drop function catalyse.territory_measure_refresh();
drop table catalyse.island_commune;
drop table catalyse.territory_likeness;
drop table catalyse.territory_measure;
drop table catalyse.likeness_value;
drop table catalyse.likeness_criterion;
commit;
