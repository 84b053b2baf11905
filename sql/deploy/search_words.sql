-- Deploy catalyse:search_words to pg
-- requires: search_french
-- What sheets and catalysts are found by. Sheets: title A, summary B, terms, actors and own places C, body, kind and the places
-- around D. Catalysts: name A, summary and structure B, practices and places served C, the places around the seat D.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

-- The places around, as words; a département also by its number. The nation is left out: it would be everywhere.
create function search_places_around(ids int[]) returns text language sql stable parallel safe
	return (select string_agg(distinct a.name || case when a.type = 'departement' then ' ' || a.code else '' end, ' ; ')
		from catalyse.territory_tree tt join catalyse.territory a on a.id = tt.ancestor_id
		where tt.territory_id = any (ids) and a.type <> 'pays');

create function sheet_words(s sheet) returns tsvector language sql stable parallel safe
	return (select setweight(catalyse.search_vector(s.title), 'A')
			|| setweight(catalyse.search_vector(s.summary), 'B')
			|| setweight(catalyse.search_vector(coalesce(c.labels, '')), 'C')
			|| setweight(catalyse.search_vector(coalesce(d.texts, '')), 'D')
		from (
			select string_agg(x.label, ' ; ') as labels from (
				select m.label from catalyse.sheet_term st join catalyse.term m on m.id = st.term_id where st.sheet_id = s.id
				union all
				select y.name from catalyse.sheet_territory st join catalyse.territory y on y.id = st.territory_id
				where st.sheet_id = s.id and y.type <> 'pays'
				union all
				select k.name from catalyse.sheet_catalyst sk join catalyse.catalyst k on k.id = sk.catalyst_id where sk.sheet_id = s.id
				union all
				select o.name from catalyse.structure o where o.id = s.structure_id
			) x
		) c, (
			select concat_ws(' ; ', s.type,
				(select string_agg(v #>> '{}', ' ; ') from jsonb_path_query(s.sections, 'strict $.** ? (@.type() == "string")') v),
				catalyse.search_places_around(array(select st.territory_id from catalyse.sheet_territory st where st.sheet_id = s.id)))
				as texts
		) d);
comment on function sheet_words(sheet) is 'what sheet_index.words holds';

-- As in sheet_index, but for the words and the wait.
create or replace function sheet_index_refresh(ids int[]) returns void language plpgsql security definer set search_path to catalyse, public as $$
begin
	-- Of two changes of one sheet at once, the second waits, and reads what the first wrote.
	perform from sheet where id = any (ids) order by id for no key update;
	delete from sheet_index i where (ids is null or i.sheet_id = any (ids))
		and not exists (select from sheet s where s.id = i.sheet_id and s.state in ('publiee', 'a_actualiser'));
	insert into sheet_index as i (sheet_id, type, evidence, terms, territories, own_territories, words, verified_on)
	select s.id, s.type, s.evidence, array(select st.term_id from sheet_term st where st.sheet_id = s.id order by 1),
		array(select st.territory_id from sheet_territory st where st.sheet_id = s.id
			union select tt.ancestor_id from sheet_territory st join territory_tree tt on tt.territory_id = st.territory_id
			where st.sheet_id = s.id order by 1),
		array(select st.territory_id from sheet_territory st where st.sheet_id = s.id order by 1),
		sheet_words(s), s.verified_on
	from sheet s
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
create trigger sheet_words_ins after insert on sheet_catalyst referencing new table as changed
	for each statement execute function sheet_index_part();
create trigger sheet_words_del after delete on sheet_catalyst referencing old table as changed
	for each statement execute function sheet_index_part();

create table catalyst_words (
	catalyst_id int primary key references catalyst on delete cascade,
	words tsvector not null
);
comment on table catalyst_words is 'what each public catalyst is found by; kept by triggers, never written by hand';
create index catalyst_words_idx on catalyst_words using gin (words);
revoke insert, update, delete on catalyst_words from catalyse_rw;

create function catalyst_words_refresh(ids int[]) returns void language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform from catalyst where id = any (ids) order by id for no key update; -- as above
	delete from catalyst_words w where (ids is null or w.catalyst_id = any (ids))
		and not exists (select from catalyst c where c.id = w.catalyst_id and c.state = 'publiee');
	insert into catalyst_words as w (catalyst_id, words)
	select c.id, setweight(search_vector(c.name), 'A')
		|| setweight(search_vector(concat_ws(' ; ', c.summary, (select o.name from structure o where o.id = c.structure_id))), 'B')
		|| setweight(search_vector(concat_ws(' ; ',
			(select string_agg(m.label, ' ; ') from catalyst_term ct join term m on m.id = ct.term_id where ct.catalyst_id = c.id),
			(select string_agg(y.name, ' ; ') from catalyst_area a join territory y on y.id = a.territory_id
				where a.catalyst_id = c.id and y.type <> 'pays'),
			(select y.name from territory y where y.id = c.territory_id and y.type <> 'pays'))), 'C')
		|| setweight(search_vector(coalesce(search_places_around(array[c.territory_id]), '')), 'D')
	from catalyst c
	where (ids is null or c.id = any (ids)) and c.state = 'publiee'
	on conflict (catalyst_id) do update set words = excluded.words where w.words <> excluded.words;
end
$$;
revoke execute on function catalyst_words_refresh(int[]) from public;

create function catalyst_words_changed() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	case tg_table_name
	when 'catalyst' then
		perform catalyst_words_refresh(array(select id from changed));
		if tg_op = 'UPDATE' then -- sheets are found by the names of their catalysts
			perform sheet_index_refresh(array(select sk.sheet_id from changed c join before b using (id)
				join sheet_catalyst sk on sk.catalyst_id = c.id where c.name <> b.name));
		end if;
	when 'term' then perform catalyst_words_refresh(array(select ct.catalyst_id from changed c join before b using (id)
		join catalyst_term ct on ct.term_id = c.id where c.label <> b.label));
	when 'structure' then
		perform catalyst_words_refresh(array(select k.id from changed c join before b using (id)
			join catalyst k on k.structure_id = c.id where c.name <> b.name));
		perform sheet_index_refresh(array(select s.id from changed c join before b using (id)
			join sheet s on s.structure_id = c.id where c.name <> b.name));
	when 'territory' then perform catalyst_words_refresh(array(
		select k.id from changed c join before b using (id) join territory_tree tt on tt.ancestor_id = c.id
			join catalyst k on k.territory_id = tt.territory_id where c.name <> b.name
		union select a.catalyst_id from changed c join before b using (id) join catalyst_area a on a.territory_id = c.id
			where c.name <> b.name));
	else perform catalyst_words_refresh(array(select distinct catalyst_id from changed));
	end case;
	return null;
end
$$;
create function catalyst_words_all() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform catalyst_words_refresh(null);
	return null;
end
$$;
create trigger catalyst_words_ins after insert on catalyst referencing new table as changed
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_upd after update on catalyst referencing new table as changed old table as before
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_ins after insert on catalyst_term referencing new table as changed
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_del after delete on catalyst_term referencing old table as changed
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_ins after insert on catalyst_area referencing new table as changed
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_del after delete on catalyst_area referencing old table as changed
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_upd after update on term referencing new table as changed old table as before
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_upd after update on structure referencing new table as changed old table as before
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_upd after update on territory referencing new table as changed old table as before
	for each statement execute function catalyst_words_changed();
create trigger catalyst_words_tree after insert on territory_tree for each statement execute function catalyst_words_all();

create or replace function search_reindex() returns void language plpgsql set search_path to catalyse, public as $$
begin
	perform search_expand();
	perform sheet_index_refresh(null);
	perform catalyst_words_refresh(null);
end
$$;
select search_reindex();
commit;
