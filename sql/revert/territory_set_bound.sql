-- Revert catalyse:territory_set_bound from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
create or replace function territory_set(place int) returns table (practice text, label text, rank int, catalyst_id int, slug text, name text)
	language sql stable set search_path to catalyse, public as $$
	with known as materialized (
		select c.id, c.slug, c.name from catalyst c
		where c.state = 'publiee' and not c.national and c.id in (
			select k.id from territory_tree x join catalyst k on k.territory_id = x.territory_id where x.ancestor_id = $1
			union
			select a.catalyst_id from territory_tree x join catalyst_area a on a.territory_id = x.ancestor_id where x.territory_id = $1
			union
			select a.catalyst_id from territory_tree x join catalyst_area a on a.territory_id = x.territory_id where x.ancestor_id = $1)
	)
	select t.code, t.label, t.position, k.id, k.slug, k.name
	from term t left join (catalyst_term ct join known k on k.id = ct.catalyst_id) on ct.term_id = t.id
	where t.scheme = 'pratique' and (t.valid_to is null or t.valid_to > current_date)
	union all
	select '', '', 1000, k.id, k.slug, k.name from known k
	where not exists (select from catalyst_term ct join term t on t.id = ct.term_id where ct.catalyst_id = k.id and t.scheme = 'pratique')
	order by 3, 6, 4
$$;
comment on function territory_set(int) is 'Who holds each of the practices on a territory, and which nobody holds';
commit;
