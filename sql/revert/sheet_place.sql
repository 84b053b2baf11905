-- Revert catalyse:sheet_place from pg
begin;
drop trigger sheet_place_moved on catalyse.territory;
drop trigger sheet_place_upd on catalyse.sheet_index;
drop trigger sheet_place_ins on catalyse.sheet_index;
drop function catalyse.sheet_place_moved();
drop function catalyse.sheet_place_named();
drop table catalyse.sheet_place;
commit;
