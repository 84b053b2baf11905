-- name: link_list
-- purpose: addresses that fail, those that have failed for long first; how many there are in all
-- role: rw
-- param: most int
-- column: url text
-- column: status int
-- column: outcome text
-- column: failures int
-- column: first_failure_on date
-- column: checked_at text
-- column: sheet_id int
-- column: title text
-- column: slug text
-- column: type text
-- rows: many
select l.url, l.status, l.outcome, l.failures, l.first_failure_on, to_char(l.checked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as checked_at,
	s.id as sheet_id, s.title, s.slug::text as slug, s.type
from (select * from link_check x where x.failures > 0 order by x.failures desc, x.first_failure_on, x.url limit $1) l
join sheet s on s.id = any (l.sheet_ids)
order by l.failures desc, l.first_failure_on, l.url, s.id
