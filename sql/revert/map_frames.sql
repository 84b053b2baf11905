-- Revert catalyse:map_frames from pg
begin;
drop function catalyse.territory_project(text, public.geometry);
drop function catalyse.territory_analyze();
drop table catalyse.territory_frame;
commit;
