-- Verify catalyse:catalyst_sets on pg
begin;
set local search_path to catalyse, public;
select terms, areas, wide, seat, listed from catalyst_words where false;
select catalyst_id, terms, areas, wide, seat, listed from catalyst_sets('{}');
rollback;
