-- Revert catalyse:espace_front from pg
begin;
set local role catalyse_owner;
set local lock_timeout to '2s';
set local search_path to private, catalyse, public;

drop function espace_logo_set(int, int, text, int, int, text, bytea), espace_block_act(int, int, int, text, jsonb), espace_link_act(int, int, int, text, jsonb),
	espace_rule_save(int, int, text), espace_make_default(int, int);
create or replace function espace_save(actor int, espace int, given jsonb) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	old catalyse.espace;
	new catalyse.espace;
begin
	if not espace_may(actor, espace) then
		return 'interdit';
	end if;
	if exists (select from catalyse.espace e where e.id is distinct from espace and (e.host = given->>'host' or espace is null and e.code = given->>'code')) then
		return 'pris';
	end if;
	if espace is null then
		insert into catalyse.espace as e (code, name, host, tagline, theme, position)
		values (given->>'code', given->>'name', given->>'host', coalesce(given->>'tagline', ''), jsonb_strip_nulls(jsonb_build_object('couleur', given->>'colour')),
			coalesce((given->>'position')::int, (select coalesce(max(x.position), 0) + 1 from catalyse.espace x))) returning * into new;
		perform journal_add(actor, 'espace_ajoute', 'espace', new.id, jsonb_build_object('code', new.code), '');
		return '';
	end if;
	select * into old from catalyse.espace e where e.id = espace for update;
	if not found then
		return 'introuvable';
	end if;
	update catalyse.espace e set name = given->>'name', host = given->>'host', tagline = coalesce(given->>'tagline', ''), position = coalesce((given->>'position')::int, e.position),
		theme = case when given->>'colour' is null then e.theme - 'couleur' else e.theme || jsonb_build_object('couleur', given->>'colour') end
	where e.id = espace returning * into new;
	if new is distinct from old then
		perform journal_add(actor, 'espace_change', 'espace', espace, jsonb_build_object('code', old.code, 'champs',
			(select jsonb_agg(n.key) from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o on o.key = n.key and o.value <> n.value)), '');
	end if;
	return '';
end
$$;

-- act: placer, retirer, monter, descendre.
create or replace function espace_place(actor int, espace int, sheet int, act text) returns text language plpgsql set search_path to private, catalyse, public as $$
declare
	here int;
	other espace_sheet;
begin
	if not espace_may(actor, espace) then
		return 'interdit';
	end if;
	perform from catalyse.espace e where e.id = espace for update;
	if act = 'placer' then
		if not exists (select from catalyse.sheet s where s.id = sheet and s.state in ('publiee', 'a_actualiser')) then
			return 'fiche';
		end if;
		insert into espace_sheet (espace_id, sheet_id, position)
		values (espace, sheet, (select coalesce(max(x.position), 0) + 1 from espace_sheet x where x.espace_id = espace)) on conflict do nothing;
		if not found then
			return 'deja';
		end if;
	elsif act = 'retirer' then
		delete from espace_sheet x where x.espace_id = espace and x.sheet_id = sheet;
		if not found then
			return 'introuvable';
		end if;
	else
		update espace_sheet x set position = n.rank from (select y.sheet_id, row_number() over (order by y.position, y.sheet_id) as rank from espace_sheet y where y.espace_id = espace) n
		where x.espace_id = espace and n.sheet_id = x.sheet_id and x.position <> n.rank;
		select x.position into here from espace_sheet x where x.espace_id = espace and x.sheet_id = sheet;
		if not found then
			return 'introuvable';
		end if;
		select * into other from espace_sheet x where x.espace_id = espace and x.position = here + case act when 'monter' then -1 else 1 end;
		if other.sheet_id is null then
			return '';
		end if;
		update espace_sheet x set position = case when x.sheet_id = sheet then other.position else here end where x.espace_id = espace and x.sheet_id in (sheet, other.sheet_id);
	end if;
	perform journal_add(actor, 'espace_' || act, 'espace', espace, jsonb_build_object('fiche', sheet), '');
	return '';
end
$$;

set local search_path to catalyse, public;
drop trigger espace_sheet_ins on espace_sheet;
drop trigger espace_sheet_del on espace_sheet;
drop trigger espace_ruled on espace;
drop trigger espace_ruled_again on espace;
create or replace function sheet_wide_row() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	select sheet_values(new.sheet_id, new.type, new.evidence, new.terms, new.territories, new.own_territories, s.maturity_min, s.maturity_max)
	into new.vals from sheet s where s.id = new.sheet_id;
	new.keys := array_to_tsvector(new.vals::text[]);
	new.head := strip(ts_filter(new.words, '{a}'));
	return new;
end
$$;

create or replace function sheet_wide_values() returns void language sql set search_path to catalyse, public
begin atomic
	with listed as (
		select 2000000 + o::int as value, 1 as grp, 'type' as facet, c as code, '' as label, o::int as position, '' as level, null::int as parent,
			false as overseas
		from unnest(array['methode', 'exemple', 'donnee', 'outil', 'competence']) with ordinality x(c, o)
		union all
		select 2000010 + e, 2, 'preuve', e::text, '', 4 - e, '', null, false from generate_series(0, 4) e
		union all
		select case when t.type = 'pays' then 3000000 else 1000000 end + t.id, 3, 'territoire', t.type || ':' || t.code, t.name,
			case t.type when 'region' then 1 - t.overseas::int when 'collectivite' then 2 when 'pays' then 3 else 4 end,
			t.type, 1000000 + t.parent_id, t.overseas
		from territory t where t.type in ('pays', 'region', 'departement', 'collectivite')
		union all
		select t.id, case t.scheme when 'theme' then 4 when 'odd' then 5 when 'pratique' then 6 when 'parcours' then 7 when 'profil' then 8
			else 9 end, t.scheme, t.code, t.label, t.position, '', null, false
		from term t where t.scheme in ('theme', 'odd', 'pratique', 'parcours', 'profil', 'dispositif')
		union all
		select 2000030 + t.code::int, 10, 'maturite', t.code, t.label, t.position, '', null, false from term t where t.scheme = 'maturite'
	), gone as (
		delete from sheet_value v where not exists (select from listed l where l.value = v.value)
	)
	insert into sheet_value as v (value, grp, facet, code, label, position, level, parent, overseas) select * from listed
	on conflict (value) do update set grp = excluded.grp, facet = excluded.facet, code = excluded.code, label = excluded.label,
		position = excluded.position, level = excluded.level, parent = excluded.parent,
		overseas = excluded.overseas
	where (v.grp, v.facet, v.code, v.label, v.position, v.level, v.parent, v.overseas) is distinct from
		(excluded.grp, excluded.facet, excluded.code, excluded.label, excluded.position, excluded.level, excluded.parent, excluded.overseas);
end;

create or replace function sheet_wide(q text, types text[], themes text[], odds text[], pratiques text[], parcours text[], profils text[],
		maturites int[], dispositifs text[], espaces text[], territoires text[], preuves int[], verifie_depuis date, modifie_depuis date,
		lat float8, lon float8, rayon_km float8, tri text, taille int, debut int, bbox text, apres int)
	returns table (part int, value int, n int, about bool, sheet_id int, rank int) language plpgsql stable rows 300 as $$
#variable_conflict use_column
declare
	st sheet_wide_state;
	a sheet_wide_ask;
	total int := 0;
	rough bool := false;
	spread bool := tri = 'pertinence' and apres is null and debut < 60;
	other sheet_wide_ask;
	ids int[];
	vs int[];
	ns int[];
	alone int[];
	near bool;
	turn int;
	place int;
begin
	select * into st from sheet_wide_state;
	a.asked := search_query(q);
	a.typed := search_typed(q);
	a.tri := tri;
	a.apres := apres;
	a.espaces := espaces;
	a.verified := verifie_depuis;
	a.modified := modifie_depuis;
	a.km := rayon_km;
	a.frame := string_to_array(bbox, ',')::float8[];
	a.rest := num_nonnulls(espaces, verifie_depuis, modifie_depuis, rayon_km, bbox) > 0;
	select array_agg(coalesce(x.v, 0)), array_agg(x.g) into a.fv, a.fg from (
		select w.g, v.value as v
		from (
			select 1 as g, 'type' as facet, unnest(types) as code union all
			select 2, 'preuve', unnest(preuves::text[]) union all
			select 4, 'theme', unnest(themes) union all
			select 5, 'odd', unnest(odds) union all
			select 6, 'pratique', unnest(pratiques) union all
			select 7, 'parcours', unnest(parcours) union all
			select 8, 'profil', unnest(profils) union all
			select 9, 'dispositif', unnest(dispositifs) union all
			select 10, 'maturite', unnest(maturites::text[])
		) w left join sheet_value v on v.facet = w.facet and v.code = w.code
		union all
		select 3, case when t.type = 'pays' then 3000000 else 1000000 end + t.id
		from unnest(territoires) w left join territory t on t.type = split_part(w, ':', 1) and t.code = split_part(w, ':', 2)
	) x;
	select 3000000 + t.id, (1000000 + t.id)::text::tsquery into a.nation, a.every from territory t where t.type = 'pays';
	a.f := coalesce(sheet_wide_query(a.fv, a.fg, 0), a.every);
	a.inside := array(select x.v - 1000000 from unnest(a.fv, a.fg) x(v, g) where x.g = 3 and x.v between 1000001 and 1999999);
	a.around := array(select distinct tt.ancestor_id from territory_tree tt where tt.territory_id = any (a.inside));
	if lat is not null and lon is not null then
		a.here := st_setsrid(st_makepoint(lon, lat), 4326);
	else
		select t.point into a.here from territory t where t.id = a.inside[1];
	end if;
	if a.rest then
		a.seed := sheet_wide_seed(a);
	end if;

	-- Counts: the facets without a filter share one question, each of the others has its own.
	part := 0;
	if a.asked is null or numnode(a.asked) > 0 then
		foreach turn in array array(select distinct u from unnest(0 || a.fg) u order by u) loop
			select array_agg(c.value), array_agg(c.n), bool_or(c.about) into vs, ns, near from sheet_wide_count(a, turn, st) c;
			if turn = 0 then
				total := coalesce(ns[array_position(vs, 0)], 0);
				rough := near;
				value := 0; n := total; about := near;
				return next;
			end if;
			-- A value not seen in a sample has none when it never goes with one of the filters, some otherwise.
			alone := array(select min(x.v) from unnest(a.fv, a.fg) x(v, g) where x.g <> turn group by x.g
				having count(*) = 1 and min(x.v) in (select o.value from sheet_value o));
			for value, n, about in
				select l.value, coalesce(c.n, 0), near and (c.n > 0 or (l.n > 0 and not exists (select from unnest(alone) o
					where not exists (select from sheet_pair p where p.a = o and p.b = l.value))))
				from sheet_value l left join unnest(vs, ns) c(value, n) on c.value = l.value
				where case when turn = 0 then l.grp <> all (coalesce(a.fg, '{}')) else l.grp = turn end loop
				return next;
			end loop;
			if turn = 3 then -- places that no facet lists: an EPCI, a commune
				foreach place in array array(select x.v from unnest(a.fv, a.fg) x(v, g) where x.g = 3 and not exists (select from sheet_value l where l.value = x.v)) loop
					other := a;
					other.fv := array(select case when x.g = 3 then place else x.v end from unnest(a.fv, a.fg) with ordinality x(v, g, o) order by o);
					part := 2;
					value := place;
					select c.n, c.about into n, about from sheet_wide_count(other, 0, st) c where c.value = 0;
					return next;
				end loop;
				part := 0;
			end if;
		end loop;
		ids := sheet_wide_ids(a, st, total, rough, taille + case when spread then debut else 0 end + (apres is not null)::int,
			case when spread then 0 else debut end);
		if spread then
			ids := (sheet_wide_spread(ids))[debut + 1 : debut + taille];
		end if;
	end if;
	part := 1;
	value := null;
	n := null;
	about := null;
	for sheet_id, rank in select u.id, u.o::int from unnest(ids) with ordinality u(id, o) loop
		return next;
	end loop;
end
$$;

drop function espace_sheet_moved(), espace_ruled(), espace_rule_read(text), espace_values(int, int[]);
drop table espace_rule, espace_logo, espace_block, espace_link, espace_host;
alter table espace drop column brand, drop column foot, drop column mark, drop column rule, drop column is_default, drop column edited;
update sheet_index i set type = i.type where exists (select from unnest(i.vals) v where v > 4000000);
commit;
