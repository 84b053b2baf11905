-- name: sheet_status
-- purpose: what may be said of a sheet whatever its state; target: the sheet at the end of its merges
-- param: id int
-- column: id int
-- column: type text
-- column: slug text
-- column: title text
-- column: state text
-- column: version int
-- column: origin text
-- column: modified_at text
-- column: verified_on date
-- column: withdrawn_on date
-- column: withdrawn_reason text
-- column: target_id int
-- column: target_slug text
-- column: target_title text
-- rows: maybe
with recursive way as (
	select s.merged_into as id, 1 as step from sheet s where s.id = $1 and s.merged_into is not null
	union all
	select s.merged_into, w.step + 1 from way w join sheet s on s.id = w.id where s.merged_into is not null and w.step < 50
)
select s.id, s.type, s.slug, s.title, s.state::text, s.version, s.origin::text,
	to_char(s.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as modified_at, s.verified_on, s.withdrawn_on,
	s.withdrawn_reason, t.id as target_id, t.slug as target_slug, t.title as target_title
from sheet s
left join sheet t on t.id = (select w.id from way w order by w.step desc limit 1)
where s.id = $1
