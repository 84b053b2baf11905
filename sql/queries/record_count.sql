-- name: record_count
-- purpose: how many records a harvest will give, counted to 100 000 at most (more: null), and the oldest datestamp of all
-- param: set text
-- param: since timestamptz
-- param: until timestamptz
-- column: n int
-- column: earliest text
-- rows: one
select nullif(count(*), 100001)::int as n,
	(select to_char(min(datestamp) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from sheet_record) as earliest
from (
	select from sheet_record
	where datestamp >= coalesce($2, '-infinity') and datestamp <= coalesce($3, 'infinity')
		and ($1::text is null or sets @> array[$1::text])
	limit 100001
) r
