-- Revert catalyse:sheet_record from pg
begin;
set local search_path to catalyse, public;
drop trigger catalyst_modified on catalyst;
drop trigger catalyst_modified_ins on catalyst_area;
drop trigger catalyst_modified_del on catalyst_area;
drop trigger catalyst_modified_ins on catalyst_term;
drop trigger catalyst_modified_del on catalyst_term;
drop function catalyst_modified();
drop function catalyst_part_modified();
alter table catalyst drop column modified_at;
drop function sheet_record_sheet() cascade;
drop function sheet_record_part() cascade;
drop function sheet_record_word() cascade;
drop function sheet_record_tree() cascade;
drop function sheet_record_refresh(int[], bool);
drop function sheet_record_sets(int);
drop table sheet_record;
commit;
