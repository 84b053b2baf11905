-- Revert catalyse:tombstone from pg
begin;
set local search_path to catalyse, public;
drop index sheet_record_deleted_idx;
drop trigger sheet_c_tombstone on sheet;
drop function sheet_tombstone();
alter table sheet drop column withdrawn_on, drop column withdrawn_reason, drop column merged_into;
alter table sheet disable trigger sheet_0_step; -- no reader does this
update sheet set state = 'archivee' where state = 'fusionnee';
alter table sheet enable trigger sheet_0_step;
alter domain publication_state drop constraint publication_state_check;
alter domain publication_state add constraint publication_state_check check (value in ('brouillon', 'soumise', 'en_relecture', 'a_corriger',
	'publiee', 'a_actualiser', 'archivee', 'retiree')) not valid;
commit;
