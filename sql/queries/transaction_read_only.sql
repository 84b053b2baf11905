-- name: transaction_read_only
-- purpose: nothing can be written from here to the end of the transaction
-- param: none
-- column: done text
-- rows: one
select set_config('transaction_read_only', 'on', true) as done
