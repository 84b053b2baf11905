-- name: attempt_forget
-- purpose: the tries of one who succeeded, and those too old to count
-- role: rw
-- param: subject text
-- param: kind text
-- rows: none
delete from attempt a where (a.subject = $1 and a.kind = $2) or a.since < now() - interval '2 days'
