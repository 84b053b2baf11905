-- name: sheet_wide_size
-- purpose: how many sheets were visible when the counts of sheet_list_wide were last brought up to date (0: never), and whether that is many
-- param: none
-- column: visible int
-- column: wide bool
-- rows: one
select visible, wide from sheet_wide_state
