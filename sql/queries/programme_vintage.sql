-- name: programme_vintage
-- purpose: the newest vintage held of a programme, so that an older list does not cover it
-- param: programme text
-- column: vintage text
-- rows: one
select max(vintage) as vintage from territory_programme where programme_code = $1
