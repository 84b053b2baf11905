-- Revert catalyse:catalyst_sets_fill from pg
-- Nothing to take back: the columns go with catalyst_sets.
begin;
commit;
