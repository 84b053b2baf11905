-- name: review_reasons
-- purpose: the reasons to choose from, act by act
-- role: rw
-- param: none
-- column: act text
-- column: code text
-- column: label text
-- rows: many
select act, code, label from review_reason where active order by act, position, code
