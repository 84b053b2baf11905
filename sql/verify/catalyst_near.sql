-- Verify catalyse:catalyst_near on pg
select 1 / (to_regclass('catalyse.catalyst_near_idx') is not null)::int;
