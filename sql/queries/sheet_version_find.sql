-- name: sheet_version_find
-- purpose: one version of a sheet, whole
-- param: id int
-- param: number int
-- column: number int
-- column: title text
-- column: summary text
-- column: sections jsonb
-- column: evidence int
-- column: licence text
-- column: hash text
-- column: previous_hash text
-- column: published_at text
-- column: note text
-- rows: maybe
select v.number, v.title, v.summary, v.sections, v.evidence::int, v.licence, v.hash, v.previous_hash,
	to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at, v.note
from sheet_version v
where v.sheet_id = $1 and v.number = $2
