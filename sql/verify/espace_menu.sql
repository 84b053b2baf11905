-- Verify catalyse:espace_menu on pg
begin;
select 1 / (not exists (select from catalyse.espace_link l join catalyse.espace e on e.id = l.espace_id where not e.edited and l.ref = 'odd17-menu-pres'))::int;
rollback;
