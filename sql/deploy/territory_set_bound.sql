-- Deploy catalyse:territory_set_bound to pg
-- requires: territory_set
-- Of a place where hundreds work, the first are shown: those who sit there, then those who cover it, then those who work in a part of it. No département of
-- the network has as many; the generated bases do, and the page of each of them read them all.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create or replace function territory_set(place int) returns table (practice text, label text, rank int, catalyst_id int, slug text, name text)
	language sql stable set search_path to catalyse, public as $$
	with known as materialized (
		select distinct x.id, x.slug, x.name from (
			select k.id, k.slug, k.name from territory_tree x join catalyst k on k.territory_id = x.territory_id
				where x.ancestor_id = $1 and k.state = 'publiee' and not k.national
			union all
			select k.id, k.slug, k.name from territory_tree x join catalyst_area a on a.territory_id = x.ancestor_id join catalyst k on k.id = a.catalyst_id
				where x.territory_id = $1 and k.state = 'publiee' and not k.national
			union all
			select k.id, k.slug, k.name from territory_tree x join catalyst_area a on a.territory_id = x.territory_id join catalyst k on k.id = a.catalyst_id
				where x.ancestor_id = $1 and k.state = 'publiee' and not k.national
			limit 300
		) x
	)
	select t.code, t.label, t.position, k.id, k.slug, k.name
	from term t left join (catalyst_term ct join known k on k.id = ct.catalyst_id) on ct.term_id = t.id
	where t.scheme = 'pratique' and (t.valid_to is null or t.valid_to > current_date)
	union all
	select '', '', 1000, k.id, k.slug, k.name from known k
	where not exists (select from catalyst_term ct join term t on t.id = ct.term_id where ct.catalyst_id = k.id and t.scheme = 'pratique')
	order by 3, 6, 4
$$;
comment on function territory_set(int) is 'Who holds each of the practices on a territory (three hundred at most are looked at), and which nobody holds';
commit;
