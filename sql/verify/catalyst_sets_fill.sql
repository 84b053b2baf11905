-- Verify catalyse:catalyst_sets_fill on pg
begin;
set local search_path to catalyse, public;
-- Each public catalyst has its row, and the row is what the tables say.
select 1 / (not exists (
	select from catalyst_sets(null) s full join catalyst_words w using (catalyst_id)
	where (s.terms, s.areas, s.wide, s.seat, s.listed) is distinct from (w.terms, w.areas, w.wide, w.seat, w.listed)))::int;
rollback;
