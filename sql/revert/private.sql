-- Revert catalyse:private from pg
begin;
drop schema private cascade;
alter default privileges for role catalyse_owner grant execute on functions to public;
alter default privileges for role catalyse_owner in schema catalyse revoke execute on functions from catalyse_rw, catalyse_ro;
alter role catalyse_rw set search_path to catalyse, public;
alter role catalyse_owner set search_path to catalyse, public;
commit;
