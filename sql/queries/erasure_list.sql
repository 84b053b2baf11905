-- name: erasure_list
-- purpose: the accounts that were forgotten, by number
-- role: rw
-- param: none
-- column: account_id int
-- column: made_at text
-- column: sheets text
-- column: erased_at text
-- rows: many
select e.account_id, to_char(e.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as made_at, e.sheets,
	to_char(e.erased_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as erased_at
from erasure e order by e.erased_at, e.account_id
