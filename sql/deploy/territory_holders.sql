-- Deploy catalyse:territory_holders to pg
-- requires: territory_set_bound sheet_wide_weights
-- As territory_set(), planned with the statement that asks it instead of at every call (it has no path of its own); and where more work than can be read, that there
-- are others is said, in a row of its own. territory_set() stays for the version before.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create function territory_holders(place int, self int) returns table (practice text, label text, rank int, catalyst_id int, slug text, name text) language sql stable
begin atomic
	with near as materialized (
		select x.id, x.slug, x.name from (
			select k.id, k.slug, k.name from catalyst k where k.id = self and k.state = 'publiee' and not k.national
			union all
			select k.id, k.slug, k.name from territory_tree tt join catalyst k on k.territory_id = tt.territory_id
				where tt.ancestor_id = place and k.state = 'publiee' and not k.national
			union all
			select k.id, k.slug, k.name from territory_tree tt join catalyst_area a on a.territory_id = tt.ancestor_id join catalyst k on k.id = a.catalyst_id
				where tt.territory_id = place and k.state = 'publiee' and not k.national
			union all
			select k.id, k.slug, k.name from territory_tree tt join catalyst_area a on a.territory_id = tt.territory_id join catalyst k on k.id = a.catalyst_id
				where tt.ancestor_id = place and k.state = 'publiee' and not k.national
		) x limit 300
	), known as materialized (
		select distinct n.id, n.slug, n.name from near n
	)
	select '+'::text, ''::text, -1, null::int, ''::text, ''::text where (select count(*) from near) = 300
	union all
	select t.code, t.label, t.position::int, k.id, k.slug, k.name
	from term t left join (catalyst_term ct join known k on k.id = ct.catalyst_id) on ct.term_id = t.id
	where t.scheme = 'pratique' and (t.valid_to is null or t.valid_to > current_date)
	union all
	select '', '', 1000, k.id, k.slug, k.name from known k
	where not exists (select from catalyst_term ct join term t on t.id = ct.term_id where ct.catalyst_id = k.id and t.scheme = 'pratique');
end;
comment on function territory_holders(int, int) is 'Who holds each of the practices on a territory, self among them (null: nobody), and which nobody holds; a first row "+" (rank -1) where there may be others than the three hundred rows looked at. To be ordered by rank, name (collate "fr-x-icu") and catalyst_id';
comment on function territory_set(int) is 'As territory_holders(), for versions that do not know it';
commit;
