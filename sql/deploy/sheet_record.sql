-- Deploy catalyse:sheet_record to pg
-- requires: sheets
-- What harvesters are told of the sheets: when each last changed for a reader, which sets it is in, and, for ever, that it was
-- withdrawn. And when a catalyst last changed, for the site map.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table sheet_record (
	sheet_id int primary key, -- no foreign key: the row outlives the sheet
	datestamp timestamptz not null check (datestamp = date_trunc('second', datestamp)),
	deleted bool not null default false,
	sets text[] not null default '{}' -- once deleted: those it was in
);
create index sheet_record_datestamp_idx on sheet_record (datestamp, sheet_id);
revoke insert, update, delete on sheet_record from catalyse_rw; -- written by the triggers only
comment on table sheet_record is 'One row a sheet that is or was public; what was withdrawn stays as deleted';

-- "type:methode", "theme:x", "region:84", "departement:974", "pays:FR": the values of the lists' filters.
create function sheet_record_sets(sheet int) returns text[] language sql stable set search_path to catalyse, public as $$
	select coalesce(array_agg(distinct w.spec order by w.spec), '{}') from (
		select 'type:' || s.type as spec from sheet s where s.id = sheet
		union all
		select 'theme:' || t.code from sheet_term st join term t on t.id = st.term_id where st.sheet_id = sheet and t.scheme = 'theme'
		union all
		select a.type || ':' || a.code from sheet_territory st join territory_tree tt on tt.territory_id = st.territory_id
		join territory a on a.id = tt.ancestor_id
		where st.sheet_id = sheet and a.type in ('region', 'departement', 'collectivite')
		union all
		select t.type || ':' || t.code from sheet_territory st join territory t on t.id = st.territory_id
		where st.sheet_id = sheet and t.type in ('region', 'departement', 'collectivite', 'pays')
	) w
$$;

-- Brings the rows of the sheets given (all of them when null) up to date; touched: their datestamp is now, whatever changed.
create function sheet_record_refresh(ids int[], touched bool) returns void language plpgsql security definer
	set search_path to catalyse, public as $$
declare
	moment timestamptz;
begin
	-- Of two changes of one sheet at once, the second waits, and reads what the first wrote.
	perform from sheet where id = any (ids) order by id for no key update;
	moment := date_trunc('second', clock_timestamp());
	insert into sheet_record as r (sheet_id, datestamp, deleted, sets)
	select s.id, moment, s.state not in ('publiee', 'a_actualiser'), w.sets
	from sheet s
	cross join lateral (select sheet_record_sets(s.id) as sets) w
	where (ids is null or s.id = any (ids))
		and (s.state in ('publiee', 'a_actualiser') or exists (select from sheet_record x where x.sheet_id = s.id))
	on conflict (sheet_id) do update
	set datestamp = excluded.datestamp, deleted = excluded.deleted,
		sets = case when excluded.deleted then r.sets else excluded.sets end
	where case when r.deleted and excluded.deleted then false
		else touched or r.deleted <> excluded.deleted or r.sets <> excluded.sets end;
	update sheet_record r set deleted = true, datestamp = moment
	where (ids is null or r.sheet_id = any (ids)) and not r.deleted and not exists (select from sheet s where s.id = r.sheet_id);
end
$$;
revoke execute on function sheet_record_refresh(int[], bool) from public;

create function sheet_record_sheet() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_record_refresh(array(select distinct id from changed), true);
	return null;
end
$$;
create function sheet_record_part() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_record_refresh(array(select distinct sheet_id from changed), true);
	return null;
end
$$;
create function sheet_record_word() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	if tg_table_name = 'term' then
		perform sheet_record_refresh(array(select distinct st.sheet_id from changed c join before b using (id)
			join sheet_term st on st.term_id = c.id where (c.label, c.code) is distinct from (b.label, b.code)), true);
	else
		perform sheet_record_refresh(array(select distinct st.sheet_id from changed c join before b using (id)
			join sheet_territory st on st.territory_id = c.id where c.name <> b.name), true);
	end if;
	return null;
end
$$;
create function sheet_record_tree() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_record_refresh(null, false);
	return null;
end
$$;
do $$
declare
	part text;
begin
	execute 'create trigger sheet_record_ins after insert on sheet referencing new table as changed
		for each statement execute function sheet_record_sheet()';
	execute 'create trigger sheet_record_upd after update on sheet referencing new table as changed
		for each statement execute function sheet_record_sheet()';
	execute 'create trigger sheet_record_del after delete on sheet referencing old table as changed
		for each statement execute function sheet_record_sheet()';
	foreach part in array array['sheet_term', 'sheet_territory', 'sheet_source'] loop
		execute format('create trigger sheet_record_ins after insert on %I referencing new table as changed
			for each statement execute function sheet_record_part()', part);
		execute format('create trigger sheet_record_upd after update on %I referencing new table as changed
			for each statement execute function sheet_record_part()', part);
		execute format('create trigger sheet_record_del after delete on %I referencing old table as changed
			for each statement execute function sheet_record_part()', part);
	end loop;
end
$$;
create trigger sheet_record_upd after update on term referencing new table as changed old table as before
	for each statement execute function sheet_record_word();
create trigger sheet_record_upd after update on territory referencing new table as changed old table as before
	for each statement execute function sheet_record_word();
create trigger sheet_record_ins after insert on territory_tree for each statement execute function sheet_record_tree();

insert into sheet_record (sheet_id, datestamp, deleted, sets)
select s.id, date_trunc('second', s.modified_at), s.state not in ('publiee', 'a_actualiser'), sheet_record_sets(s.id)
from sheet s where s.state in ('publiee', 'a_actualiser') or s.version > 0;

-- Catalysts had no date of change.
alter table catalyst add column modified_at timestamptz not null default now();
create function catalyst_modified() returns trigger language plpgsql set search_path to catalyse, public as $$
begin
	if new is distinct from old then
		new.modified_at := now();
	end if;
	return new;
end
$$;
create trigger catalyst_modified before update on catalyst for each row execute function catalyst_modified();
create function catalyst_part_modified() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	update catalyst set modified_at = now()
	where id in (select catalyst_id from changed) and modified_at <> now();
	return null;
end
$$;
create trigger catalyst_modified_ins after insert on catalyst_area referencing new table as changed
	for each statement execute function catalyst_part_modified();
create trigger catalyst_modified_del after delete on catalyst_area referencing old table as changed
	for each statement execute function catalyst_part_modified();
create trigger catalyst_modified_ins after insert on catalyst_term referencing new table as changed
	for each statement execute function catalyst_part_modified();
create trigger catalyst_modified_del after delete on catalyst_term referencing old table as changed
	for each statement execute function catalyst_part_modified();
commit;
