-- Revert catalyse:idle_limit from pg
alter role catalyse_rw set idle_in_transaction_session_timeout to '10s';
