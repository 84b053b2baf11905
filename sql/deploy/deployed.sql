-- Deploy catalyse:deployed to pg
-- requires: private
-- The changes that this base has, for `catalyse check --live`: the tables of sqitch belong to whoever deploys, so this runs as them.
begin;
set local search_path to private, catalyse, public;
set local lock_timeout to '2s';
create function private.deployed() returns setof text language plpgsql stable security definer set search_path to pg_catalog, pg_temp as $$
begin
	return query select change from sqitch.changes;
end
$$;
revoke all on function private.deployed() from public;
grant execute on function private.deployed() to catalyse_rw;
commit;
