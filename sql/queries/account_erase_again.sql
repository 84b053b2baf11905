-- name: account_erase_again
-- purpose: forget an account once more, in an older base; efface, deja or inconnu
-- role: rw
-- writes: account_erase_again
-- param: account int
-- param: made_at timestamptz
-- param: sheets text
-- column: outcome text
-- rows: one
select account_erase_again($1, $2, $3) as outcome
