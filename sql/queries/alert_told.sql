-- name: alert_told
-- purpose: what an alert has been told of, and the mail that says so, when one leaves
-- role: rw
-- param: alert int
-- param: turn int
-- param: outbox bigint
-- rows: none
with told as (
	update alert a set turn = $2, told_on = (now() at time zone 'Europe/Paris')::date, empty = false where a.id = $1
)
insert into alert_sent (outbox_id, alert_id) select $3, $1 where $3::bigint is not null
