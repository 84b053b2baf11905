-- name: link_due
-- purpose: addresses to be asked now, the oldest first
-- role: rw
-- param: most int
-- column: url text
-- rows: many
select l.url from link_check l where l.next_check <= now() order by l.next_check, l.url limit $1
