-- Deploy catalyse:catalyst_sets_fill to pg
-- requires: catalyst_sets
-- The sets of the catalysts that are there already: apart from the change of the table, so that who reads it does not wait.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';
lock table catalyst, catalyst_term, catalyst_area, territory_tree in share row exclusive mode; -- none changes between what is read and what is written
update catalyst_words w set terms = s.terms, areas = s.areas, wide = s.wide, seat = s.seat, listed = s.listed from catalyst_sets(null) s where s.catalyst_id = w.catalyst_id;
commit;
