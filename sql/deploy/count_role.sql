-- Deploy catalyse:count_role to pg
-- requires: search_miss
-- Who counts searches without answer, for visitors whom nobody knows: a role that may do that one thing, and read nothing.
begin;
do $$
begin
	if not exists (select from pg_roles where rolname = 'catalyse_count') then
		create role catalyse_count login;
	end if;
	execute format('grant connect on database %I to catalyse_count', current_database());
end
$$;
alter role catalyse_count set search_path to catalyse, public;
alter role catalyse_count set statement_timeout to '2s';
alter role catalyse_count set lock_timeout to '1s';
alter role catalyse_count set idle_in_transaction_session_timeout to '10s';
alter role catalyse_count set timezone to 'UTC';
alter role catalyse_count set jit to off;
set local role catalyse_owner;
grant usage on schema catalyse to catalyse_count;
grant execute on function catalyse.search_miss_note(text, text, text, text) to catalyse_count;
commit;
