-- name: stats_refresh
-- purpose: brings the counts and samples of the lists up to date; false when another session is at it
-- param: whole bool
-- column: done bool
-- rows: one
select sheet_wide_refresh($1) as done
