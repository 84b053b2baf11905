-- name: submission_claim
-- purpose: take a key for this transaction; waits for another one that has it. fresh: it was free
-- role: rw
-- param: scope text
-- param: key text
-- param: body_hash text
-- column: fresh bool
-- rows: one
with taken as (
	insert into submission (scope, key, body_hash) values ($1, $2, $3) on conflict do nothing returning 1
)
select exists (select from taken) as fresh
