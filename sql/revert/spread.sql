-- Revert catalyse:spread from pg
begin;
drop function catalyse.lineage(int, int), catalyse.lineage_root(int), catalyse.lineage_down(int, int);
commit;
