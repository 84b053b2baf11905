-- Verify catalyse:espaces on pg
begin;
set local search_path to catalyse, public;
select id, code, name, host, tagline, theme, position from espace where false;
select espace_id, sheet_id, position from espace_sheet where false;
rollback;
