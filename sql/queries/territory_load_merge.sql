-- name: territory_load_merge
-- purpose: the staged rows enter the tables: ids stay, what is gone is closed and redirected, shapes and closure are remade
-- param: none
-- rows: none
do $merge$
declare v int
; kinds text[]
; begin
	select max(vintage) into v from stage_territory
	; if v < (select max(vintage) from territory) then
		raise exception 'vintage % is older than the one loaded', v using errcode = '22023'
	; end if
	; create unique index on stage_territory (type, code)
	; create index on stage_member (commune)
	; analyze stage_territory
	; analyze stage_member
	; analyze stage_former

	-- Whole tables are compared, here and in the triggers: no nested loop chosen on a first small level
	; perform set_config('enable_nestloop', 'off', true)

	-- Parents before children; rows that say the same are left alone
	; foreach kinds slice 1 in array array[['pays', 'pays'], ['region', 'region'], ['departement', 'collectivite'], ['epci', 'epci'], ['commune', 'commune']] loop
		drop table if exists pg_temp.stage_level
		; create temporary table stage_level on commit drop as
		select s.*, p.id as parent_id, st_setsrid(st_makepoint(s.lon, s.lat), 4326) as point,
			st_multi(st_collectionextract(st_makevalid(st_setsrid(st_geomfromgeojson(s.outline), 4326)), 3)) as shape
		from stage_territory s left join territory p on p.type = s.parent_type and p.code = s.parent_code
		where s.type = any (kinds)
		; analyze stage_level
		; update territory t set slug = s.slug, name = s.name, name_in = s.name_in, name_of = s.name_of, population = s.population,
			nature = s.nature, postcodes = s.postcodes, point = coalesce(s.point, t.point),
			point_source = coalesce(s.point_source, t.point_source), outline = coalesce(s.shape, t.outline),
			outline_source = coalesce(s.outline_source, t.outline_source), parent_id = s.parent_id, overseas = s.overseas,
			vintage = s.vintage, valid_to = null
		from pg_temp.stage_level s
		where s.type = t.type and s.code = t.code
			and ((t.slug::text, t.name::text, t.name_in, t.name_of, t.population, t.nature, t.postcodes, t.point_source, t.outline_source, t.parent_id,
					t.overseas, t.vintage, t.valid_to)
				is distinct from (s.slug, s.name, s.name_in, s.name_of, s.population, s.nature, s.postcodes,
					coalesce(s.point_source, t.point_source), coalesce(s.outline_source, t.outline_source), s.parent_id,
					s.overseas, s.vintage, null::date)
				or st_asbinary(s.point) <> st_asbinary(t.point) or st_asbinary(s.shape) <> st_asbinary(t.outline))
		; insert into territory (type, code, slug, name, name_in, name_of, population, nature, postcodes, point, point_source,
			outline, outline_source, parent_id, overseas, vintage)
		select s.type, s.code, s.slug, s.name, s.name_in, s.name_of, s.population, s.nature, s.postcodes, s.point, s.point_source,
			s.shape, s.outline_source, s.parent_id, s.overseas, s.vintage
		from pg_temp.stage_level s
		where not exists (select from territory t where t.type = s.type and t.code = s.code)
	; end loop
	; perform set_config('enable_nestloop', 'on', true)

	-- What is gone: closed; an EPCI leads to the one that took most of its members
	; update territory t set valid_to = make_date(v, 1, 1)
	where t.valid_to is null and not exists (select from stage_territory s where s.type = t.type and s.code = t.code)
	; insert into territory_former (type, code, name, successor_id, reason)
	select distinct on (e.code) 'epci', e.code, e.name, n.id, 'EPCI dissous'
	from territory e
	join epci_commune m on m.epci_id = e.id
	join territory c on c.id = m.commune_id
	left join stage_former f on f.type = 'commune' and f.code = c.code
	join stage_member s on s.commune = coalesce(f.successor, c.code)
	join territory n on n.type = 'epci' and n.code = s.epci
	where e.type = 'epci' and e.valid_to is not null
	group by e.code, e.name, n.id
	order by e.code, count(*) desc, n.id
	on conflict (type, code) do update set successor_id = excluded.successor_id
	; insert into territory_former (type, code, name, successor_id, reason)
	select f.type, f.code, f.name, t.id, f.reason
	from stage_former f join territory t on t.type = f.type and t.code = f.successor
	on conflict (type, code) do update set name = excluded.name, successor_id = excluded.successor_id, reason = excluded.reason
	; delete from territory_former f using stage_territory s where s.type = f.type and s.code = f.code

	-- What a territory took part in, its successor does
	; update territory_programme p set territory_id = f.successor_id
	from territory t join territory_former f on f.type = t.type and f.code = t.code
	where t.id = p.territory_id and t.valid_to is not null and not exists (select from territory_programme o
		where o.programme_code = p.programme_code and o.ref = p.ref and o.territory_id = f.successor_id)

	; delete from epci_commune
	; insert into epci_commune (epci_id, commune_id, vintage)
	select e.id, c.id, m.vintage
	from stage_member m join territory e on e.type = 'epci' and e.code = m.epci join territory c on c.type = 'commune' and c.code = m.commune

	; update territory r set outline = u.outline, outline_source = 'natural-earth'
	from (select parent_id, st_multi(st_union(outline)) as outline from territory where type = 'departement' and valid_to is null group by parent_id) u
	where r.id = u.parent_id and r.type = 'region'
	; update territory set point = st_pointonsurface(outline), point_source = 'contour'
	where type in ('region', 'departement', 'collectivite') and outline is not null

	; perform territory_rebuild_tree()
	; delete from territory_shape
	; insert into territory_shape (territory_id, frame, path, x, y, tint)
	select t.id, s.frame, s.path, s.x, s.y, s.tint from stage_shape s join territory t on t.type = s.type and t.code = s.code
	; delete from territory_frame
	; insert into territory_frame (code, srid, stretch, x0, y0, scale) select code, srid, stretch, x0, y0, scale from stage_frame
	; insert into dataset (name, version, digest, source_url, licence, loaded_at, rows)
	select name, version, digest, url, licence, now(), (select jsonb_object_agg(what, expected) from stage_count) from stage_source
	on conflict (name) do update set version = excluded.version, digest = excluded.digest, source_url = excluded.source_url,
		licence = excluded.licence, loaded_at = excluded.loaded_at, rows = excluded.rows
	; perform territory_analyze()
	; perform territory_border_refresh()
	; perform territory_measure_refresh()
	; perform territory_likeness_refresh()
	; end $merge$;
