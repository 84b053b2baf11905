-- Revert catalyse:map_frames from pg
begin;
drop function catalyse.territory_project(text, public.geometry);
drop table catalyse.territory_frame;
commit;
