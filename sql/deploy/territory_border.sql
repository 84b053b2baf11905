-- Deploy catalyse:territory_border to pg
-- requires: territories revision search_family
-- Which régions and départements touch, told once from their outlines instead of at each page: 85 ms for Auvergne-Rhône-Alpes.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table territory_border (
	territory_id int references territory on delete cascade,
	neighbour_id int references territory on delete cascade,
	primary key (territory_id, neighbour_id)
);
comment on table territory_border is 'outlines of one kind within 0.02 degree of each other, both ways; made again by each load of the territories';
create index territory_border_neighbour_idx on territory_border (neighbour_id);
revoke insert, update, delete on territory_border from catalyse_rw;
call revision_watch('territoire', 'territory_border');

create function territory_border_refresh() returns void language plpgsql security definer set search_path to catalyse, public as $$
begin
	delete from territory_border;
	insert into territory_border (territory_id, neighbour_id)
	select a.id, b.id
	from territory a
	join territory b on b.type = a.type and b.id <> a.id and b.outline && st_expand(a.outline, 0.02) and st_dwithin(a.outline, b.outline, 0.02)
	where a.type in ('region', 'departement') and a.valid_to is null and b.valid_to is null;
end
$$;
comment on function territory_border_refresh() is 'after a load of the territories; a second at most';
revoke execute on function territory_border_refresh() from public, catalyse_ro;
grant execute on function territory_border_refresh() to catalyse_rw;
select territory_border_refresh();
commit;
