-- Verify catalyse:vocabulary on pg
begin;
set local search_path to catalyse, public;
select code, label, description, origin, source_label, source_url, position from scheme where false;
select id, scheme, code, label, definition, parent_id, position, origin, source_label, source_url, colour, valid_from, valid_to
	from term where false;
rollback;
