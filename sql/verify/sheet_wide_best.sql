-- Verify catalyse:sheet_wide_best on pg
begin;
set local search_path to catalyse, public;
select piece, ids from sheet_best where false;
select sheet_id from sheet_wide_change where false;
select territory_id, sheets from place_stock where false;
-- The strings of the best sheets are as long as there are best sheets.
select 1 / (not exists (select from sheet_bits where size = 4 and length(bits) <> (select sum(cardinality(ids)) from sheet_best)))::int;
select 1 / (sheet_wide_best(null, null, null, 1) is null)::int;
rollback;
