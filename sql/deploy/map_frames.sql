-- Deploy catalyse:map_frames to pg
-- requires: territories
-- How a point becomes a dot on the maps of territory_shape.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create table territory_frame (
	code text primary key check (code = 'france' or code ~ '^(region|inset):[0-9AB]{2,3}$'),
	srid int check (srid > 0),  -- planar coordinates of this system, or
	stretch double precision check (stretch between 0 and 1), -- longitude * stretch, latitude
	x0 double precision not null,
	y0 double precision not null,
	scale double precision not null check (scale > 0),
	check ((srid is null) <> (stretch is null))
);
comment on table territory_frame is 'Boxes of 1000 by 1000, y down: x = (X - x0) * scale, y = (-Y - y0) * scale';

create function territory_project(frame text, at geometry) returns point
	language sql stable strict parallel safe set search_path to catalyse, public as $$
	select case
		when f.srid is not null then point((st_x(p.flat) - f.x0) * f.scale, (-st_y(p.flat) - f.y0) * f.scale)
		else point((st_x(at) * f.stretch - f.x0) * f.scale, (-st_y(at) - f.y0) * f.scale)
	end
	from territory_frame f, lateral (select case when f.srid is not null then st_transform(at, f.srid) end as flat) p
	where f.code = frame
$$;
comment on function territory_project(text, geometry) is 'frame: france, region:84, inset:974; point in EPSG:4326';

-- The loader does not own the tables, and the planner must know them at once, not when autovacuum comes.
create function territory_analyze() returns void language plpgsql security definer set search_path to catalyse, public as $$
begin
	analyze territory, epci_commune, territory_tree, territory_former, territory_shape;
end
$$;
revoke execute on function territory_analyze() from public;
grant execute on function territory_analyze() to catalyse_rw;
commit;
