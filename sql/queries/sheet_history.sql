-- name: sheet_history
-- purpose: the published versions of a sheet, the last first, without what they hold
-- param: id int
-- column: number int
-- column: title text
-- column: hash text
-- column: previous_hash text
-- column: published_at text
-- column: note text
-- rows: many
select v.number, v.title, v.hash, v.previous_hash,
	to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at, v.note
from sheet_version v
where v.sheet_id = $1
order by v.number desc
