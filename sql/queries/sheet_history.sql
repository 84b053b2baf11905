-- name: sheet_history
-- purpose: the published versions of a sheet, the last first, without what they hold
-- param: id int
-- column: number int
-- column: title text
-- column: hash text
-- column: previous_hash text
-- column: published_at text
-- column: note text
-- column: author_id int
-- column: author text
-- column: decided_by int
-- column: decider text
-- rows: many
select v.number, v.title, v.hash, v.previous_hash,
	to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at, v.note,
	v.author_id, a.name as author, v.decided_by, d.name as decider
from sheet_version v
left join contributor a on a.id = v.author_id
left join contributor d on d.id = v.decided_by
where v.sheet_id = $1
order by v.number desc
