-- Revert catalyse:territory_set from pg
begin;
drop function catalyse.territory_set(int);
commit;
