-- name: attempt_wait
-- purpose: seconds to wait before one more try is looked at; 0: none
-- role: rw
-- param: subject text
-- param: kind text
-- param: max int
-- param: per_s int
-- column: seconds int
-- rows: one
select coalesce((select case when a.n >= $3 and a.since > now() - make_interval(secs => $4)
	then greatest(1, ceil(extract(epoch from a.since + make_interval(secs => $4) - now())))::int end
	from attempt a where a.subject = $1 and a.kind = $2), 0) as seconds
