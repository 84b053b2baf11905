-- name: territory_load_stage
-- purpose: temporary tables that receive the prepared files as they are
-- param: none
-- rows: none
do $stage$ begin
	create temporary table stage_territory (type text, code text, slug text, name text, name_in text, name_of text, population int,
		nature text, postcodes text[], lon float, lat float, point_source text, outline text, outline_source text,
		parent_type text, parent_code text, overseas bool, vintage int) on commit drop
	; create temporary table stage_member (epci text, commune text, vintage int) on commit drop
	; create temporary table stage_former (type text, code text, name text, successor text, reason text) on commit drop
	; create temporary table stage_shape (type text, code text, frame text, path text, x real, y real, tint smallint) on commit drop
	; create temporary table stage_frame (code text, srid int, stretch float, x0 float, y0 float, scale float) on commit drop
	; create temporary table stage_source (name text, version text, digest text, url text, licence text) on commit drop
	; create temporary table stage_count (what text, expected int) on commit drop
	; end $stage$;
