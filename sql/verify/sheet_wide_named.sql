-- Verify catalyse:sheet_wide_named on pg
begin;
set local search_path to catalyse, public;
-- Each sheet has that key for exactly the places where it is and that it names, or names what contains them.
select 1 / (not exists (
	select from sheet_index i cross join lateral unnest(i.territories) t
	where i.keys @@ (5000000 + t)::text::tsquery <> exists (select from territory_tree tt where tt.territory_id = t and tt.ancestor_id = any (i.own_territories))
	limit 1))::int;
select 1 / (sheet_wide_narrow(null, 0, 1, 1, null) is null)::int;
rollback;
