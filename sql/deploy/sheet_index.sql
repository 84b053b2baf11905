-- Deploy catalyse:sheet_index to pg
-- requires: sheets
-- One flat row for each visible sheet, for filters, counts and search; kept by triggers, never written by hand.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

create table sheet_index (
	sheet_id int primary key references sheet on delete cascade,
	type text not null,
	evidence smallint not null,
	terms int[] not null,
	territories int[] not null, -- its own and all that contain them
	own_territories int[] not null,
	words tsvector not null,
	verified_on date
);
create index sheet_index_terms_idx on sheet_index using gin (terms);
create index sheet_index_territories_idx on sheet_index using gin (territories);
create index sheet_index_own_territories_idx on sheet_index using gin (own_territories);
create index sheet_index_words_idx on sheet_index using gin (words);
create index sheet_index_type_idx on sheet_index (type, sheet_id);
revoke insert, update, delete on sheet_index from catalyse_rw;

-- Rewrites the rows of the sheets given (all of them when null); rows that did not change are left alone.
create function sheet_index_refresh(ids int[]) returns void language plpgsql security definer set search_path to catalyse, public as $$
begin
	delete from sheet_index i where (ids is null or i.sheet_id = any (ids))
		and not exists (select from sheet s where s.id = i.sheet_id and s.state in ('publiee', 'a_actualiser'));
	insert into sheet_index as i (sheet_id, type, evidence, terms, territories, own_territories, words, verified_on)
	select s.id, s.type, s.evidence, t.term_ids, p.wide, p.own,
		setweight(to_tsvector('catalyse.catalyse_fr', s.title), 'A')
			|| setweight(to_tsvector('catalyse.catalyse_fr', s.summary), 'B')
			|| setweight(to_tsvector('catalyse.catalyse_fr', t.labels || ' ' || p.names), 'C')
			|| setweight(jsonb_to_tsvector('catalyse.catalyse_fr', s.sections, '["string"]'), 'D'),
		s.verified_on
	from sheet s
	cross join lateral (
		select coalesce(array_agg(m.id order by m.id), '{}') as term_ids, coalesce(string_agg(m.label, ' '), '') as labels
		from sheet_term st join term m on m.id = st.term_id where st.sheet_id = s.id
	) t
	cross join lateral (
		select coalesce(array_agg(y.id order by y.id), '{}') as own, coalesce(string_agg(y.name, ' '), '') as names,
			(select coalesce(array_agg(distinct w.id order by w.id), '{}') from (
				select st.territory_id as id from sheet_territory st where st.sheet_id = s.id
				union
				select tt.ancestor_id from sheet_territory st join territory_tree tt on tt.territory_id = st.territory_id
				where st.sheet_id = s.id
			) w) as wide
		from sheet_territory st join territory y on y.id = st.territory_id where st.sheet_id = s.id
	) p
	where (ids is null or s.id = any (ids)) and s.state in ('publiee', 'a_actualiser')
	on conflict (sheet_id) do update set type = excluded.type, evidence = excluded.evidence, terms = excluded.terms,
		territories = excluded.territories, own_territories = excluded.own_territories, words = excluded.words,
		verified_on = excluded.verified_on
	where (i.type, i.evidence, i.terms, i.territories, i.own_territories, i.words, i.verified_on)
		is distinct from (excluded.type, excluded.evidence, excluded.terms, excluded.territories, excluded.own_territories,
			excluded.words, excluded.verified_on);
end
$$;
revoke execute on function sheet_index_refresh(int[]) from public;

create function sheet_index_sheet() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_index_refresh(array(select distinct id from changed));
	return null;
end
$$;
create function sheet_index_part() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_index_refresh(array(select distinct sheet_id from changed));
	return null;
end
$$;
create function sheet_index_part_moved() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_index_refresh(array(select sheet_id from changed union select sheet_id from before));
	return null;
end
$$;
create function sheet_index_word() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	if tg_table_name = 'term' then
		perform sheet_index_refresh(array(select distinct st.sheet_id from changed c join before b using (id)
			join sheet_term st on st.term_id = c.id where c.label <> b.label));
	else
		perform sheet_index_refresh(array(select distinct st.sheet_id from changed c join before b using (id)
			join sheet_territory st on st.territory_id = c.id where c.name <> b.name));
	end if;
	return null;
end
$$;
create trigger sheet_index_ins after insert on sheet referencing new table as changed
	for each statement execute function sheet_index_sheet();
create trigger sheet_index_upd after update on sheet referencing new table as changed
	for each statement execute function sheet_index_sheet();
create trigger sheet_index_ins after insert on sheet_term referencing new table as changed
	for each statement execute function sheet_index_part();
create trigger sheet_index_upd after update on sheet_term referencing new table as changed old table as before
	for each statement execute function sheet_index_part_moved();
create trigger sheet_index_del after delete on sheet_term referencing old table as changed
	for each statement execute function sheet_index_part();
create trigger sheet_index_ins after insert on sheet_territory referencing new table as changed
	for each statement execute function sheet_index_part();
create trigger sheet_index_upd after update on sheet_territory referencing new table as changed old table as before
	for each statement execute function sheet_index_part_moved();
create trigger sheet_index_del after delete on sheet_territory referencing old table as changed
	for each statement execute function sheet_index_part();
create trigger sheet_index_upd after update on term referencing new table as changed old table as before
	for each statement execute function sheet_index_word();
create trigger sheet_index_upd after update on territory referencing new table as changed old table as before
	for each statement execute function sheet_index_word();
-- territory_rebuild_tree() deletes and refills in one statement each: the refill brings the whole index up to date.
create function sheet_index_tree() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_index_refresh(null);
	return null;
end
$$;
create trigger sheet_index_ins after insert on territory_tree for each statement execute function sheet_index_tree();
commit;
