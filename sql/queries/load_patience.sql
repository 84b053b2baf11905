-- name: load_patience
-- purpose: lets the statements of this transaction take their time; for loads, which hold no visitor up
-- param: milliseconds text
-- column: statement_timeout text
-- column: idle_timeout text
-- column: lock_timeout text
-- rows: one
select set_config('statement_timeout', $1, true) as statement_timeout,
	set_config('idle_in_transaction_session_timeout', $1, true) as idle_timeout,
	set_config('lock_timeout', '10s', true) as lock_timeout;
