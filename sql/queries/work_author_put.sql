-- name: work_author_put
-- purpose: one more co-author; no row when they write it already
-- role: rw
-- param: sheet int
-- param: account int
-- column: account int
-- rows: maybe
insert into private.work_author (sheet_id, account_id, role) values ($1, $2, 'coauteur') on conflict do nothing returning account_id as account
