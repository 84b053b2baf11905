-- Deploy catalyse:sheet_place to pg
-- requires: sheet_index
-- requires: revision
-- The territories that visible sheets name, by their point: the nearest sheets are read from an index in the order of their distance.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table sheet_place (
	territory_id int primary key references territory on delete cascade,
	point geometry(point, 4326) not null
);
comment on table sheet_place is 'territories that a visible sheet names or named; one that has none left stays, and gives nothing';
create index sheet_place_point_idx on sheet_place using gist ((point::geography));
revoke insert, update, delete on sheet_place from catalyse_rw;

create function sheet_place_named() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	insert into sheet_place (territory_id, point)
	select t.id, t.point from territory t
	where t.id in (select unnest(own_territories) from changed) and t.type <> 'pays' and t.point is not null
		and not exists (select from sheet_place p where p.territory_id = t.id)
	order by t.id
	on conflict do nothing;
	return null;
end
$$;
create trigger sheet_place_ins after insert on sheet_index referencing new table as changed
	for each statement execute function sheet_place_named();
create trigger sheet_place_upd after update on sheet_index referencing new table as changed
	for each statement execute function sheet_place_named();
alter table sheet_index enable always trigger sheet_place_ins; -- a load that suspends triggers still needs its places

create function sheet_place_moved() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	update sheet_place p set point = c.point from changed c
	where c.id = p.territory_id and c.point is not null and st_asbinary(c.point) <> st_asbinary(p.point);
	return null;
end
$$;
create trigger sheet_place_moved after update on territory referencing new table as changed
	for each statement execute function sheet_place_moved();

insert into sheet_place (territory_id, point)
select t.id, t.point from territory t
where t.type <> 'pays' and t.point is not null and exists (select from sheet_index i where i.own_territories @> array[t.id]);
call revision_watch('fiche', 'sheet_place'::regclass);
commit;
