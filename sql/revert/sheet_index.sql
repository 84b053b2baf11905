-- Revert catalyse:sheet_index from pg
begin;
set local search_path to catalyse, public;
drop trigger sheet_index_ins on territory_tree;
drop trigger sheet_index_upd on territory;
drop trigger sheet_index_upd on term;
drop trigger sheet_index_del on sheet_territory;
drop trigger sheet_index_upd on sheet_territory;
drop trigger sheet_index_ins on sheet_territory;
drop trigger sheet_index_del on sheet_term;
drop trigger sheet_index_upd on sheet_term;
drop trigger sheet_index_ins on sheet_term;
drop trigger sheet_index_upd on sheet;
drop trigger sheet_index_ins on sheet;
drop function sheet_index_tree(), sheet_index_word(), sheet_index_part_moved(), sheet_index_part(), sheet_index_sheet(),
	sheet_index_refresh(int[]);
drop table sheet_index;
commit;
