-- Revert catalyse:catalyst_sets from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';
create or replace function catalyst_words_refresh(ids int[]) returns void language plpgsql security definer set search_path to catalyse, public as $$
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
drop function catalyst_sets(int[]);
alter table catalyst_words drop column terms, drop column areas, drop column wide, drop column seat, drop column listed;
comment on table catalyst_words is 'what each public catalyst is found by; kept by triggers, never written by hand';
commit;
