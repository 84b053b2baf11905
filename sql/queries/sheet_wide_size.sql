-- name: sheet_wide_size
-- purpose: how many sheets were visible when the counts of sheet_list_wide were last brought up to date; 0: never
-- param: none
-- column: visible int
-- rows: one
select visible from sheet_wide_state
