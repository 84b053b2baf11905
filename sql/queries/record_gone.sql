-- name: record_gone
-- purpose: the sheets withdrawn in the last ninety days, for feeds: the last first, fifty at most
-- param: none
-- column: id int
-- column: datestamp text
-- rows: many
select sheet_id as id, to_char(datestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as datestamp
from sheet_record
where deleted and sheet_record.datestamp > current_date - 90
order by sheet_record.datestamp desc, sheet_id
limit 50
