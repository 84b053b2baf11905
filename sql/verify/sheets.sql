-- Verify catalyse:sheets on pg
begin;
set local search_path to catalyse, public;
select id, ref, type, slug, title, summary, sections, evidence, licence, language, state, version, structure_id, source_label,
	source_url, source_publisher, source_year, origin, created_at, modified_at, verified_on, verified_by, maturity_min,
	maturity_max from sheet where false;
select sheet_id, number, title, summary, sections, evidence, licence, hash, previous_hash, published_at, note
	from sheet_version where false;
select sheet_id, position, label, url, publisher, year from sheet_source where false;
select sheet_id, territory_id from sheet_territory where false;
select sheet_id, term_id from sheet_term where false;
select sheet_id, catalyst_id, role from sheet_catalyst where false;
select sheet_id, other_id, kind from sheet_link where false;
select 1 / (count(*) = 39)::int from sheet_section;
select 1 / (not has_table_privilege('catalyse_rw', 'sheet_version', 'insert'))::int;
rollback;
