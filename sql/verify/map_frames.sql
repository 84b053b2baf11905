-- Verify catalyse:map_frames on pg
begin;
select code, srid, stretch, x0, y0, scale from catalyse.territory_frame where false;
select has_function_privilege('catalyse.territory_project(text, public.geometry)', 'execute');
select 1 / has_function_privilege('catalyse_rw', 'catalyse.territory_analyze()', 'execute')::int;
rollback;
