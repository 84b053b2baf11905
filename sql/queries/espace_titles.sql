-- name: espace_titles
-- purpose: the titles and summaries of these sheets that a front office shows in its own words
-- param: espace int
-- param: sheets bigint[]
-- column: sheet int
-- column: field text
-- column: text text
-- rows: many
select x.sheet_id as sheet, x.field, x.text from espace_adaptation x
where x.espace_id = $1::int and x.sheet_id = any ($2::bigint[]) and x.field in ('titre', 'chapo')
