-- name: freshness_note
-- purpose: that those who hold a sheet were asked about it
-- role: rw
-- param: sheet int
-- param: due text
-- column: done bool
-- rows: one
-- writes: through freshness_note
select freshness_note($1, $2) is not null as done
