-- Deploy catalyse:territory_holders to pg
-- requires: territory_set_bound sheet_wide_weights
-- Of a place where many work a page names six a practice: sixty are looked at, and that there are others is said in a row of its own instead of being counted
-- to three hundred. Without a path of its own the function is planned with the statement that asks it, not at every call. territory_set() is for the version before.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create function territory_holders(place int) returns table (practice text, label text, rank int, catalyst_id int, slug text, name text) language sql stable
begin atomic
	with near as materialized (
		select x.id from (
			select k.id from territory_tree tt join catalyst k on k.territory_id = tt.territory_id where tt.ancestor_id = place
			union all
			select a.catalyst_id from territory_tree tt join catalyst_area a on a.territory_id = tt.ancestor_id where tt.territory_id = place
			union all
			select a.catalyst_id from territory_tree tt join catalyst_area a on a.territory_id = tt.territory_id where tt.ancestor_id = place
		) x limit 300
	), known as materialized (
		select k.id, k.slug, k.name, (select count(*) from near) = 300 or row_number() over () > 60 as others
		from catalyst k where k.id in (select n.id from near n) and k.state = 'publiee' and not k.national limit 61
	)
	select '+'::text, ''::text, -1, null::int, ''::text, ''::text where exists (select from known k where k.others)
	union all
	select t.code, t.label, t.position::int, k.id, k.slug, k.name
	from term t left join (catalyst_term ct join known k on k.id = ct.catalyst_id) on ct.term_id = t.id
	where t.scheme = 'pratique' and (t.valid_to is null or t.valid_to > current_date)
	union all
	select '', '', 1000, k.id, k.slug, k.name from known k
	where not exists (select from catalyst_term ct join term t on t.id = ct.term_id where ct.catalyst_id = k.id and t.scheme = 'pratique');
end;
comment on function territory_holders(int) is 'Who holds each of the practices on a territory, and which nobody holds; a first row "+" (rank -1) where there are others than those looked at, who are some sixty. To be ordered by rank, name and catalyst_id';
comment on function territory_set(int) is 'As territory_holders(), for versions that do not know it';
commit;
