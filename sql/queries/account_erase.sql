-- name: account_erase
-- purpose: forget an account; sheets: garder, retirer; done: false when there was none, or it was forgotten already
-- role: rw
-- writes: account_erase
-- param: account int
-- param: sheets text
-- param: actor int
-- column: done bool
-- rows: one
select account_erase($1, $2, $3) as done
