-- name: absence_find
-- purpose: the absence of a reviewer, now or to come
-- role: rw
-- param: account int
-- column: since date
-- column: until date
-- rows: maybe
select from_on as since, to_on as until from account_absence where account_id = $1 and to_on >= current_date order by from_on limit 1
