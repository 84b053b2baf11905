-- Verify catalyse:structures on pg
begin;
set local search_path to catalyse, public;
select id, ref, name, kind, website, territory_id, origin, source_label, source_url from structure where false;
select id, ref, slug, name, summary, kind, structure_id, territory_id, seat_precision, point, national, website, source_label,
	source_url, origin, verified_on, state from catalyst where false;
select catalyst_id, territory_id from catalyst_area where false;
select catalyst_id, term_id from catalyst_term where false;
rollback;
