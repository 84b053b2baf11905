-- Verify catalyse:territories on pg
begin;
set local search_path to catalyse, public;
select id, type, code, slug, name, name_in, name_of, population, area_km2, density, nature, postcodes, point, point_source,
	outline, outline_source, parent_id, overseas, vintage, valid_from, valid_to, search from territory where false;
select epci_id, commune_id, vintage from epci_commune where false;
select type, code, name, successor_id, reason from territory_former where false;
select territory_id, ancestor_id, depth from territory_tree where false;
select territory_id, frame, path, x, y, tint from territory_shape where false;
select name, version, digest, source_url, licence, loaded_at, rows from dataset where false;
select 1 / has_function_privilege('catalyse_rw', 'territory_rebuild_tree()', 'execute')::int;
select 1 / (not has_table_privilege('catalyse_ro', 'territory', 'insert'))::int;
rollback;
