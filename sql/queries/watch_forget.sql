-- name: watch_forget
-- purpose: forget the lists that nobody follows any more
-- role: rw
-- column: n int
-- rows: one
-- writes: through watch_forget
select watch_forget() as n
