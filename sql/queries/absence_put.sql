-- name: absence_put
-- purpose: days on which a reviewer is not asked; those already told from today on are replaced; no day: they are back
-- role: rw
-- param: account int
-- param: since date
-- param: until date
-- rows: none
with gone as (delete from account_absence where account_id = $1 and to_on >= current_date)
insert into account_absence (account_id, from_on, to_on) select $1, $2, $3 where $2 is not null and $3 is not null
