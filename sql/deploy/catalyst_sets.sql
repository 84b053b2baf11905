-- Deploy catalyse:catalyst_sets to pg
-- requires: search_words sheet_wide_best
-- What lists of catalysts are filtered by, beside the words: one row a catalyst instead of four questions.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

-- Whoever writes meanwhile waits before its trigger, and calls the new function.
lock table catalyst, catalyst_term, catalyst_area, territory_tree in share row exclusive mode;
alter table catalyst_words add column terms int[], add column areas int[], add column wide int[], add column seat int[], add column listed int[];
comment on table catalyst_words is 'what each public catalyst is found by: words; terms; areas, and wide: these and what contains them; seat: its territory and what contains it; listed: the régions, départements and collectivités of both. Kept by triggers, never written by hand';

create function catalyst_sets(ids int[]) returns table (catalyst_id int, terms int[], areas int[], wide int[], seat int[], listed int[]) language sql stable set search_path to catalyse, public
begin atomic
	select x.*, (select array_agg(distinct y.id order by y.id) from territory y where y.id = any (x.wide || x.seat) and y.type in ('region', 'departement', 'collectivite'))
	from (
		select c.id, (select array_agg(ct.term_id order by ct.term_id) from catalyst_term ct where ct.catalyst_id = c.id),
			(select array_agg(a.territory_id order by a.territory_id) from catalyst_area a where a.catalyst_id = c.id),
			(select array_agg(distinct tt.ancestor_id) from catalyst_area a join territory_tree tt on tt.territory_id = a.territory_id where a.catalyst_id = c.id),
			(select array_agg(tt.ancestor_id order by tt.ancestor_id) from territory_tree tt where tt.territory_id = c.territory_id)
		from catalyst c where (ids is null or c.id = any (ids)) and c.state = 'publiee'
	) x (id, terms, areas, wide, seat);
end;

create or replace function catalyst_words_refresh(ids int[]) returns void language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform from catalyst where ids is null or id = any (ids) order by id for no key update; -- two changes of one catalyst: one after the other
	delete from catalyst_words w where (ids is null or w.catalyst_id = any (ids))
		and not exists (select from catalyst c where c.id = w.catalyst_id and c.state = 'publiee');
	insert into catalyst_words as w (catalyst_id, words, terms, areas, wide, seat, listed)
	select c.id, setweight(search_vector(c.name), 'A')
		|| setweight(search_vector(concat_ws(' ; ', c.summary, (select o.name from structure o where o.id = c.structure_id))), 'B')
		|| setweight(search_vector(concat_ws(' ; ',
			(select string_agg(m.label, ' ; ') from catalyst_term ct join term m on m.id = ct.term_id where ct.catalyst_id = c.id),
			(select string_agg(y.name, ' ; ') from catalyst_area a join territory y on y.id = a.territory_id
				where a.catalyst_id = c.id and y.type <> 'pays'),
			(select y.name from territory y where y.id = c.territory_id and y.type <> 'pays'))), 'C')
		|| setweight(search_vector(coalesce(search_places_around(array[c.territory_id]), '')), 'D'),
		s.terms, s.areas, s.wide, s.seat, s.listed
	from catalyst c join catalyst_sets(ids) s on s.catalyst_id = c.id
	on conflict (catalyst_id) do update set words = excluded.words, terms = excluded.terms, areas = excluded.areas, wide = excluded.wide, seat = excluded.seat,
			listed = excluded.listed
		where (w.words, w.terms, w.areas, w.wide, w.seat, w.listed) is distinct from (excluded.words, excluded.terms, excluded.areas, excluded.wide, excluded.seat, excluded.listed);
end
$$;
commit;
