-- Verify catalyse:work_rights_unopened on pg
begin;
set local search_path to private, catalyse, public;
select work_rights(a.id, s.id) from (select min(id) as id from account where state = 'actif') a,
	(select min(id) as id from sheet x where not exists (select from work w where w.sheet_id = x.id)) s;
rollback;
