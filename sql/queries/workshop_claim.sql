-- name: workshop_claim
-- purpose: a note becomes a draft of whoever has its secret; outcome: see workshop_claim() in sql/deploy/workshop.sql
-- role: rw
-- param: actor int
-- param: claim text
-- column: sheet int
-- column: outcome text
-- rows: one
-- writes: through workshop_claim
select sheet, outcome from private.workshop_claim($1, $2)
