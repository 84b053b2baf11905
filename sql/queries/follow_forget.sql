-- name: follow_forget
-- purpose: wipe the addresses of visitors that have served
-- role: rw
-- column: wiped int
-- rows: one
-- writes: through follow_forget
select follow_forget() as wiped
