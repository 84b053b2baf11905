-- name: doze
-- purpose: takes its time
-- param: seconds float
-- column: done text
-- rows: one
select pg_sleep($1)::text as done;
