-- Deploy catalyse:sheet_wide_list to pg
-- requires: sheet_wide
-- The list of sheets of a large base: a few plain statements, each with its plan, chosen by how many sheets are expected.
-- docs/design/echelle.md tells which, and why. The order is that of sheet_list.sql.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

-- What is asked, read once. fv, fg: the values of the filters and their groups (sheet_value.grp); f: the same as one question to
-- sheet_index.keys; every: what every sheet answers; rest: some filter is not of values; seed: the few sheets that one such filter leaves, when they are few.
create type sheet_wide_ask as (fv int[], fg int[], f tsquery, every tsquery, nation int, asked tsquery, typed tsquery, inside int[], around int[], here geometry, tri text, apres int,
	rest bool, seed int[], espaces text[], verified date, modified date, km float8, frame float8[]);

-- The filters as one question to sheet_index.keys, without those of one group; null when none is left.
create function sheet_wide_query(fv int[], fg int[], skip int) returns tsquery language sql immutable parallel safe
	return (select string_agg('(' || y.alternatives || ')', '&')::tsquery from (
		select string_agg(x.v::text, '|') as alternatives from unnest(fv, fg) x(v, g) where x.g <> skip group by x.g) y);
-- Any of these values.
create function sheet_wide_any(vs int[]) returns tsquery language sql immutable parallel safe
	return (select string_agg(v::text, '|')::tsquery from unnest(vs) v);

-- About how many sheets have one value of each group, by the sample; null when a group has no value in it.
create function sheet_wide_guess(vs int[], gs int[], k int) returns int language sql stable
	return (select bit_count(bit_and(y.bits))::int << k from (
		select bit_or(b.bits) as bits from unnest(vs, gs) x(v, g) left join sheet_bits b on b.size = any ('{2,3}') and b.value = x.v group by x.g) y
		having bool_and(y.bits is not null));

-- The filters that are not of values.
create function sheet_wide_fits(id int, verified_on date, a sheet_wide_ask) returns bool language plpgsql stable as $$
begin
	return (a.verified is null or coalesce(verified_on >= a.verified, false))
		and (a.modified is null or exists (select from sheet s where s.id = sheet_wide_fits.id and s.modified_at >= a.modified))
		and (a.espaces is null or exists (select from espace_sheet es join espace e on e.id = es.espace_id
			where es.sheet_id = sheet_wide_fits.id and e.code = any (a.espaces)))
		and (a.km is null or a.here is null or exists (select from sheet_territory st join territory t on t.id = st.territory_id
			where st.sheet_id = sheet_wide_fits.id and t.type <> 'pays' and st_dwithin(t.point::geography, a.here::geography, a.km * 1000)))
		and (a.frame is null or exists (select from sheet_territory st join territory t on t.id = st.territory_id
			where st.sheet_id = sheet_wide_fits.id and t.type <> 'pays' and st_x(t.point) between a.frame[1] and a.frame[3]
				and st_y(t.point) between a.frame[2] and a.frame[4]));
end
$$;

-- The sheets that one of these filters leaves, when they are at most 5,000; null otherwise.
create function sheet_wide_seed(a sheet_wide_ask) returns int[] language plpgsql stable set enable_seqscan = off as $$
declare
	ids int[];
begin
	if (a.km is not null and a.here is not null) or a.frame is not null then
		ids := array(select distinct x.id from (
			select st.sheet_id as id from territory t join sheet_territory st on st.territory_id = t.id
			where a.km is not null and t.type <> 'pays' and t.point && st_buffer(a.here::geography, a.km * 1010)::geometry
				and st_dwithin(t.point::geography, a.here::geography, a.km * 1000)
			union all
			select st.sheet_id from territory t join sheet_territory st on st.territory_id = t.id
			where a.frame is not null and t.type <> 'pays'
				and t.point && st_makeenvelope(a.frame[1], a.frame[2], a.frame[3], a.frame[4], 4326)
			limit 20001) x);
		if cardinality(ids) <= 5000 then return ids; end if;
	end if;
	if a.espaces is not null then
		ids := array(select es.sheet_id from espace e join espace_sheet es on es.espace_id = e.id where e.code = any (a.espaces) limit 5001);
		if cardinality(ids) <= 5000 then return ids; end if;
	end if;
	if a.modified is not null then
		ids := array(select s.id from sheet s where s.modified_at >= a.modified order by s.modified_at desc limit 5001);
		if cardinality(ids) <= 5000 then return ids; end if;
	end if;
	if a.verified is not null then
		ids := array(select i.sheet_id from sheet_index i where i.verified_on >= a.verified order by i.verified_on desc nulls last limit 5001);
		if cardinality(ids) <= 5000 then return ids; end if;
	end if;
	return null;
end
$$;

-- The values of the sheets that answer f and the rest of a, at most so many.
create function sheet_wide_found(a sheet_wide_ask, f tsquery, most int) returns table (vals int[]) language plpgsql stable rows 1000
	set enable_seqscan = off as $$
begin
	if a.seed is not null then
		return query select i.vals from sheet_index i where i.sheet_id = any (a.seed) and i.keys @@ f
			and (a.asked is null or i.words @@ a.asked) and sheet_wide_fits(i.sheet_id, i.verified_on, a);
	elsif a.asked is null then
		return query select i.vals from sheet_index i where i.keys @@ f
			and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit most;
	elsif f = a.every then
		return query select i.vals from sheet_index i where i.words @@ a.asked
			and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit most;
	else
		return query select i.vals from sheet_index i where i.keys @@ f and i.words @@ a.asked
			and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit most;
	end if;
end
$$;

-- How many sheets have each value, under all the filters but those of the group skip (0: all); value 0 is the total.
-- Exact: no filter or one value (summaries), few sheets (read). About: bit strings, or the rows of a part of the sample.
create function sheet_wide_count(a sheet_wide_ask, skip int, st sheet_wide_state)
	returns table (value int, n int, about bool) language plpgsql stable rows 300 as $$
declare
	gv int[];
	gg int[];
	f tsquery := sheet_wide_query(a.fv, a.fg, skip);
	mask varbit;
	known bool;
	hits int;
	vs int[];
	ns int[];
	kc int := greatest(0, ceil(log(2, greatest(st.visible, 1) / 800.0))::int);
	kk int;
begin
	select array_agg(x.v), array_agg(x.g) into gv, gg from unnest(a.fv, a.fg) x(v, g) where x.g <> skip;
	if a.asked is null and not a.rest then
		if gv is null then
			return query select v.value, v.n, false from sheet_value v union all select 0, st.visible, false;
			return;
		elsif cardinality(gv) = 1 and exists (select from sheet_value v where v.value = gv[1]) then
			return query select p.b, p.n, false from sheet_pair p where p.a = gv[1]
				union all select 0, v.n, false from sheet_value v where v.value = gv[1];
			return;
		end if;
		select case when bool_and(y.bits is not null) then bit_and(y.bits) end, bool_and(y.known) into mask, known from (
			select bit_or(b.bits) as bits, bool_and(b.value is not null) as known
			from unnest(gv, gg) x(v, g) left join sheet_bits b on b.size = any ('{2,3}') and b.value = x.v group by x.g) y;
		hits := coalesce(bit_count(mask), 0);
		if (known and st.k = 0) or hits << st.k > (case when skip = 0 then 600 else 200 end) then -- a value without a string has few sheets: it is left out
			kk := case when bit_count(substring(mask from 1 for st.sampled[1])) >= 600 then 1 else 2 end;
			mask := substring(mask from 1 for st.sampled[kk]);
			return query
				select b.value, round(bit_count(b.bits & mask) * (st.visible::float8 / st.sampled[kk]))::int, st.k > 0 or not known
				from sheet_value l join sheet_bits b on b.size = kk and b.value = l.value where skip = 0 or l.grp = skip
				union all select 0, round(bit_count(mask) * (st.visible::float8 / st.sampled[kk]))::int, st.k > 0 or not known;
			return;
		end if;
	end if;
	-- Some 600 sheets first, then four times more, and again, until enough answer; at last all.
	foreach kk in array case when a.seed is not null or (a.asked is null and not a.rest) then '{0}'::int[] else array[kc, kc - 2, kc - 4, kc - 6, 0] end loop
		continue when kk < 0 or (a.rest and kk > 0 and kk <= kc - 4);
		select array_agg(c.value), array_agg(c.n), max(c.n) filter (where c.value = 0) into vs, ns, hits from (
			with found as materialized (
				select x.vals from sheet_wide_found(a, case when kk = 0 then coalesce(f, a.every)
					when f is null then (2000200 + kk)::text::tsquery else f && (2000200 + kk)::text::tsquery end, 6000) x
			)
			select v.value, count(*)::int as n from found cross join lateral unnest(found.vals) u(v)
			join sheet_value v on v.value = u.v and (skip = 0 or v.grp = skip) group by v.value
			union all select 0, count(*)::int from found) c;
		exit when kk = 0 or hits >= 120 or (kk <= greatest(kc - 6, 1) and hits << kk > 1000);
	end loop;
	return query select x.v, x.c << kk, kk > 0 from unnest(vs, ns) x(v, c);
end
$$;

-- Pages, as ids in order. Few sheets: all are read and sorted.
create function sheet_wide_few(a sheet_wide_ask, f tsquery, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off as $$
begin
	return array(
		with found as materialized (
			select i.sheet_id, i.evidence, i.verified_on, i.territories, i.own_territories, case when a.asked is not null then i.words end as words
			from sheet_index i where a.seed is not null and i.sheet_id = any (a.seed) and i.keys @@ f
				and (a.asked is null or i.words @@ a.asked)
			union all
			select i.sheet_id, i.evidence, i.verified_on, i.territories, i.own_territories, null
			from sheet_index i where a.seed is null and a.asked is null and i.keys @@ f
			union all
			select i.sheet_id, i.evidence, i.verified_on, i.territories, i.own_territories, i.words
			from sheet_index i where a.seed is null and a.asked is not null and i.keys @@ f and i.words @@ a.asked
		)
		select i.sheet_id from found i
		left join lateral (select s.modified_at from sheet s where s.id = i.sheet_id and a.tri = 'recent') s on true
		left join lateral (
			select min(st_distance(t.point::geography, a.here::geography)) / 1000 as km
			from sheet_territory st join territory t on t.id = st.territory_id
			where st.sheet_id = i.sheet_id and t.type <> 'pays' and a.here is not null and a.tri = 'proximite'
		) d on true
		where (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) and (a.apres is null or i.sheet_id > a.apres)
		order by case when a.apres is not null then i.sheet_id end,
			case when a.tri = 'proximite' then d.km end nulls last,
			case when a.tri = 'recent' then s.modified_at end desc nulls last,
			case when a.tri = 'verifie' then i.verified_on end desc nulls last,
			case when a.asked is not null then search_score(i.words, a.asked, a.typed) else 0 end desc,
			i.territories && a.inside desc, i.own_territories && a.around desc,
			i.evidence desc, i.verified_on desc nulls last, i.sheet_id
		limit most offset first);
end
$$;

-- Many sheets: an index in the order wanted is walked until the page is full.
create function sheet_wide_many(a sheet_wide_ask, f tsquery, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
	rest bool := a.rest; -- of a plain variable, a row costs less than of a field
	asked tsquery := a.asked;
	high int := coalesce((select max(x.v) - 2000010 from unnest(a.fv, a.fg) x(v, g) where x.g = 2), 4);
begin
	if a.apres is not null then
		return array(select i.sheet_id from sheet_index i where i.sheet_id > a.apres and i.keys @@ f and (asked is null or i.words @@ asked)
			 and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) order by i.sheet_id limit most);
	elsif a.tri = 'recent' then
		return array(select s.id from sheet s join sheet_index i on i.sheet_id = s.id where i.keys @@ f
			and (asked is null or i.words @@ asked) and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) order by s.modified_at desc, s.id limit most offset first);
	elsif a.tri = 'verifie' then
		return array(select i.sheet_id from sheet_index i where i.keys @@ f
			and (asked is null or i.words @@ asked) and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a))
			order by i.verified_on desc nulls last, i.evidence desc, i.sheet_id limit most offset first);
	elsif a.tri = 'proximite' and a.here is not null then
		return array( -- a sheet of two places counts once, at the nearer
			select x.id from (
				select y.id, min(y.o) as o from (
					select st.sheet_id as id, row_number() over () as o from (select t.id, t.point from territory t where t.type <> 'pays'
						order by t.point <-> a.here) t join sheet_territory st on st.territory_id = t.id
					join sheet_index i on i.sheet_id = st.sheet_id where i.keys @@ f and (asked is null or i.words @@ asked)
						and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 2 * (first + most)) y
				group by y.id) x
			order by x.o limit most offset first);
	end if;
	if asked is null then -- nothing here is outside the index
		return array(select i.sheet_id from sheet_index i where i.evidence <= high and i.keys @@ f
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a))
			order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit most offset first);
	end if;
	return array(select i.sheet_id from sheet_index i where i.evidence <= high and i.keys @@ f and i.words @@ asked
		and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a))
		order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit most offset first);
end
$$;

-- These, in the order of a list with words.
create function sheet_wide_ranked(a sheet_wide_ask, ids int[], most int, first int) returns setof int language plpgsql stable
	set enable_seqscan = off as $$
begin
	return query select i.sheet_id from sheet_index i where i.sheet_id = any (ids)
		order by search_score(i.words, a.asked, a.typed) desc, i.territories && a.inside desc, i.own_territories && a.around desc,
			i.evidence desc, i.verified_on desc nulls last, i.sheet_id
		limit most offset first;
end
$$;

-- Many sheets and words: those with the words in their title, and the best of the others, are ranked. Very common words: the best.
create function sheet_wide_words(a sheet_wide_ask, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_indexscan = off as $$
begin
	return array(
		with found as materialized (
			(select i.sheet_id from sheet_index i where a.f <> a.every and i.head @@ a.asked and i.keys @@ a.f
				and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300)
			union
			(select i.sheet_id from sheet_index i where a.f = a.every and i.head @@ a.asked
				and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300)
			union
			(select i.sheet_id from sheet_index i where a.f <> a.every and i.words @@ a.asked and i.keys @@ a.f
				and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit greatest(300, first + most))
			union
			(select i.sheet_id from sheet_index i where a.f = a.every and i.words @@ a.asked
				and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit greatest(300, first + most))
		)
		select sheet_wide_ranked(a, array(select sheet_id from found), most, first));
end
$$;

create function sheet_wide_common(a sheet_wide_ask, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
begin
	return array(select i.sheet_id from sheet_index i where i.keys @@ a.f and i.words @@ a.asked
		and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a))
		order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit greatest(500, first + most));
end
$$;

-- So many ids from so far, in the order of the list.
create function sheet_wide_ids(a sheet_wide_ask, st sheet_wide_state, total int, about bool, most int, first int) returns int[]
	language plpgsql stable as $$
declare
	ids int[] := '{}';
	more int[];
	tier int;
	tiers tsquery[] := array[a.f];
	guess int;
	inside tsquery;
	around tsquery;
begin
	if not about and (total <= 1000 or a.seed is not null) then
		return sheet_wide_few(a, a.f, most, first);
	elsif a.asked is not null and a.apres is null and a.tri = 'pertinence' then
		-- What GIN reads grows with the sheets that answer, what the walk reads falls: they meet where total^2 is 12,000 times the base.
		if total::float8 * total > 12000.0 * st.visible then
			return array(select sheet_wide_ranked(a, sheet_wide_common(a, most, first), most, first));
		end if;
		return sheet_wide_words(a, most, first);
	elsif a.tri <> 'pertinence' or a.apres is not null or cardinality(a.inside) = 0 or a.rest then
		return sheet_wide_many(a, a.f, most, first);
	end if;
	-- A place is asked: here and named by the sheet, or by what contains it; here; elsewhere, named by what contains it; elsewhere.
	inside := sheet_wide_any(array(select 1000000 + u from unnest(a.inside) u));
	around := sheet_wide_any(array(select 3000000 + u from unnest(a.around) u));
	if a.nation = any (a.fv) then
		tiers := array[a.f && inside && around, a.f && inside && !!around, a.f && !!inside && around, a.f && !!inside && !!around];
	else
		tiers := array[a.f && around, a.f && !!around];
	end if;
	for tier in 1..cardinality(tiers) loop
		guess := case when tier = 1 then sheet_wide_guess(a.fv || array(select 3000000 + u from unnest(a.around) u),
			a.fg || array_fill(99, array[cardinality(a.around)]), st.k) else total end;
		if coalesce(guess, 0) > 1000 then
			more := sheet_wide_many(a, tiers[tier], most - cardinality(ids), first);
		else
			more := sheet_wide_few(a, tiers[tier], most - cardinality(ids), first);
		end if;
		ids := ids || more;
		exit when cardinality(ids) >= most;
		first := greatest(0, first - case when cardinality(more) > 0 then first else coalesce(guess, 0) end);
	end loop;
	return ids;
end
$$;

-- At most three of one structure among the first ten: the others of it wait for the eleventh place.
create function sheet_wide_spread(ids int[]) returns int[] language sql stable
	return array(
		select y.id from (
			select x.id, x.r, x.ahead, sum(x.ahead) over (order by x.r) as aheads from (
				select u.id, u.r, case when s.structure_id is not null and row_number() over (partition by s.structure_id order by u.r) > 3
					then 0 else 1 end as ahead
				from unnest(ids) with ordinality u(id, r) cross join lateral (select structure_id from sheet where sheet.id = u.id) s
			) x
		) y
		order by y.ahead = 1 and y.aheads <= 10 desc, y.r);

-- Part 0: a value of a facet (value 0: the total), some when about and n is 0; 2: a place asked that no facet lists. Part 1: a
-- sheet of the page.
create function sheet_wide(q text, types text[], themes text[], odds text[], pratiques text[], parcours text[], profils text[],
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
commit;
