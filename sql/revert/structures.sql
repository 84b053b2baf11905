-- Revert catalyse:structures from pg
begin;
set local search_path to catalyse, public;
drop table catalyst_term, catalyst_area, catalyst, structure;
drop function catalyst_seat_set();
commit;
