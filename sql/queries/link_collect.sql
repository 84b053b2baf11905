-- name: link_collect
-- purpose: gather the addresses that readable sheets point to
-- role: rw
-- column: n int
-- rows: one
-- writes: through link_collect
select link_collect() as n
