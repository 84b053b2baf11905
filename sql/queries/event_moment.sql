-- name: event_moment
-- purpose: when something last began, ended or closed in the agenda, and when something will next: between the two its pages stay the same (microseconds)
-- param: none
-- column: last bigint
-- column: next bigint
-- rows: one
select coalesce((extract(epoch from max(m.at) filter (where m.at <= now())) * 1000000)::bigint, 0) as last,
	coalesce((extract(epoch from min(m.at) filter (where m.at > now())) * 1000000)::bigint, 9223372036854775807) as next
from event_card e cross join lateral (values (e.starts_at), (e.ends), (e.registration_until)) m(at)
