-- name: freshness_due
-- purpose: sheets that nobody verified for so many months, and what is due for each
-- role: rw
-- param: months int
-- param: most int
-- column: sheet_id int
-- column: due text
-- column: title text
-- column: slug text
-- column: since date
-- column: dead_links text
-- rows: many
select d.sheet_id, d.due, d.title, d.slug, d.since,
	coalesce((select string_agg(l.url, chr(10) order by l.url) from link_check l where d.sheet_id = any (l.sheet_ids) and l.failures >= 3), '') as dead_links
from freshness_due($1, $2) d
