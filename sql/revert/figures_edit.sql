-- Revert catalyse:figures_edit from pg
begin;
drop function private.figure_drop(int, int), private.indicator_show(int, text, bool);
delete from private.import_file where kind <> 'fiches';
alter table private.import_file drop column kind;
commit;
