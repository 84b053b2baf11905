-- name: address_erase
-- purpose: forget what visitors left with an address that has no account; how many rows
-- role: rw
-- writes: address_erase
-- param: address text
-- column: n int
-- rows: one
select address_erase($1) as n
