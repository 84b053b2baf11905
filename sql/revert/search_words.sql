-- Revert catalyse:search_words from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
create or replace function search_reindex() returns void language plpgsql set search_path to catalyse, public as $$
begin
	perform search_expand();
	perform sheet_index_refresh(null);
end
$$;
drop trigger sheet_words_ins on sheet_catalyst;
drop trigger sheet_words_del on sheet_catalyst;
drop trigger catalyst_words_ins on catalyst;
drop trigger catalyst_words_upd on catalyst;
drop trigger catalyst_words_ins on catalyst_term;
drop trigger catalyst_words_del on catalyst_term;
drop trigger catalyst_words_ins on catalyst_area;
drop trigger catalyst_words_del on catalyst_area;
drop trigger catalyst_words_upd on term;
drop trigger catalyst_words_upd on structure;
drop trigger catalyst_words_upd on territory;
drop trigger catalyst_words_tree on territory_tree;
drop function catalyst_words_changed();
drop function catalyst_words_all();
drop function catalyst_words_refresh(int[]);
drop table catalyst_words;
create or replace function sheet_index_refresh(ids int[]) returns void language plpgsql security definer set search_path to catalyse, public as $$
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
select sheet_index_refresh(null);
drop function sheet_words(sheet);
drop function search_places_around(int[]);
commit;
