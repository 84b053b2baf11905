-- Deploy catalyse:roles to pg
-- requires: extensions
-- owner (migrations only), rw (forms, loads), ro (public pages). Roles belong to the whole cluster: created if absent.
-- Time-outs live on the roles, so that no client has to remember them and no pooler can leak them.
begin;
do $$
declare
	r text;
begin
	foreach r in array array['catalyse_owner', 'catalyse_rw', 'catalyse_ro'] loop
		if not exists (select from pg_roles where rolname = r) then
			execute format('create role %I login', r);
		end if;
	end loop;
	execute format('grant create, temporary on database %I to catalyse_owner', current_database());
	execute format('grant connect on database %I to catalyse_rw, catalyse_ro', current_database());
	execute format('grant temporary on database %I to catalyse_rw', current_database());
	execute format('revoke temporary on database %I from public', current_database());
end
$$;
revoke create on schema public from public;

alter role catalyse_owner set search_path to catalyse, public;
alter role catalyse_owner set lock_timeout to '2s';

alter role catalyse_rw set search_path to catalyse, public;
alter role catalyse_rw set statement_timeout to '5s';
alter role catalyse_rw set lock_timeout to '1s';
alter role catalyse_rw set idle_in_transaction_session_timeout to '10s';
alter role catalyse_rw set timezone to 'UTC';
alter role catalyse_rw set jit to off;

alter role catalyse_ro set search_path to catalyse, public;
alter role catalyse_ro set statement_timeout to '2s';
alter role catalyse_ro set lock_timeout to '1s';
alter role catalyse_ro set idle_in_transaction_session_timeout to '10s';
alter role catalyse_ro set default_transaction_read_only to on;
alter role catalyse_ro set plan_cache_mode to force_generic_plan;
alter role catalyse_ro set timezone to 'UTC';
alter role catalyse_ro set jit to off;
commit;
