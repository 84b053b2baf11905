-- name: introduction_forget
-- purpose: forget what was said in introductions that are over, or silent; how many
-- role: rw
-- column: gone int
-- rows: one
-- writes: through introduction_forget
select introduction_forget() as gone
