-- Revert catalyse:territory_border from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
drop function territory_border_refresh();
drop table territory_border;
commit;
