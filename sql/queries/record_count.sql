-- name: record_count
-- purpose: how many records a harvest will give, counted to 100 000 at most (more: null), and the oldest datestamp of all
-- param: all text[]
-- param: any text[]
-- param: since timestamptz
-- param: until timestamptz
-- column: n int
-- column: earliest text
-- rows: one
select nullif(count(*), 100001)::int as n,
	(select to_char(min(datestamp) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from sheet_record) as earliest
from (
	select from sheet_record
	where datestamp >= coalesce($3, '-infinity') and datestamp <= coalesce($4, 'infinity')
		and ($1::text[] is null or sets @> $1)
		and ($2::text[] is null or sets && (select string_to_array(array_to_string($2, '.'), '.')) and not exists (select from unnest($2) x (names) where not sets && string_to_array(x.names, '.')))
	limit 100001
) r
