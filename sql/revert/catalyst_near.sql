-- Revert catalyse:catalyst_near from pg
begin;
drop index catalyse.catalyst_near_idx;
commit;
