-- name: expired_forget
-- purpose: links, sessions, tries and kept answers that have had their time; how many went
-- role: rw
-- column: gone int
-- rows: one
-- writes: through expired_forget
select expired_forget() as gone
