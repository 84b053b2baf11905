-- Verify catalyse:private on pg
begin;
select 1 / (not has_schema_privilege('catalyse_ro', 'private', 'usage'))::int;
select 1 / (has_schema_privilege('catalyse_rw', 'private', 'usage'))::int;
select 1 / (count(*) = 1)::int from private.secret;
rollback;
