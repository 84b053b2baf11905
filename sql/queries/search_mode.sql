-- name: search_mode
-- purpose: whether the French dictionary serves (dictionnaire) or its files were missing (repli)
-- param: none
-- column: mode text
-- rows: one
select search_mode() as mode;
