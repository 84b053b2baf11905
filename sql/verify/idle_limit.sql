-- Verify catalyse:idle_limit on pg
select 1 / ('idle_in_transaction_session_timeout=5s' = any (rolconfig))::int from pg_roles where rolname = 'catalyse_rw';
