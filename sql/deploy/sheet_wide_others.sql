-- Deploy catalyse:sheet_wide_others to pg
-- requires: sheet_wide_level
-- Searches in a large base. Where titles with the words do not fill a page, any 300 of the other sheets that have them are ranked: they were the
-- first that the index gave, which had to give all before; now they are those of a sample, which is soon read. And the values of the sheets
-- counted leave their arrays in one go, where each array was a table of its own. And the rule of three sheets of a structure among the first ten is
-- the same on every page: small pages lost sheets and repeated others.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create or replace function sheet_wide_count(a sheet_wide_ask, skip int, st sheet_wide_state)
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
	kfirst int := kc;
begin
	if a.near is not null then
		f := case when f is null then a.near else f && a.near end;
	end if;
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
			kk := case when st.k > 0 and bit_count(substring(mask from 1 for st.sampled[1])) >= 600 then 1 else 2 end; -- where all are there, all are counted
			mask := substring(mask from 1 for st.sampled[kk]);
			return query
				select b.value, round(bit_count(b.bits & mask) * (st.visible::float8 / st.sampled[kk]))::int, st.k > 0 or not known
				from sheet_value l join sheet_bits b on b.size = kk and b.value = l.value where (skip = 0 or l.grp = skip) and sheet_wide_shown(l, a)
				union all select 0, round(bit_count(mask) * (st.visible::float8 / st.sampled[kk]))::int, st.k > 0 or not known;
			return;
		end if;
	end if;
	-- A sample where some 250 are expected to answer, by the planner's statistics of words and values; then four times more, and again, until
	-- enough do; at last all.
	if a.asked is not null and a.seed is null and not a.rest then
		kfirst := floor(log(2, greatest(sheet_wide_expected(coalesce(f, a.every), a.asked) / 250, 1)::numeric))::int;
		kfirst := least(kc, greatest(kfirst, kc - 6, 1));
	end if;
	foreach kk in array case when a.seed is not null or (a.asked is null and not a.rest) then '{0}'::int[]
			else array(select g from generate_series(kfirst, kc - 5, -2) g) || (kc - 6) || 0 end loop
		continue when kk < 0 or (a.rest and a.near is null and kk > 0 and kk <= kc - 5); -- each sheet is looked at: not too many
		select array_agg(c.value), array_agg(c.n), max(c.n) filter (where c.value = 0) into vs, ns, hits from (
			with found as materialized (
				select x.vals from sheet_wide_found(a, case when kk = 0 then coalesce(f, a.every)
					when f is null then (2000200 + kk)::text::tsquery else f && (2000200 + kk)::text::tsquery end, 6000,
					case when a.asked is null and not a.rest and known then sheet_wide_narrow(a, skip, hits << st.k, st.visible, null) end) x
			)
			select v.value, count(*)::int as n from (select unnest(found.vals) as v from found) u
			join sheet_value v on v.value = u.v and (skip = 0 or v.grp = skip) group by v.value
			union all select 0, count(*)::int from found
			union all select x.vals[cardinality(x.vals)], 1 from found x where skip = 0 and a.asked is null and not a.rest) c;
		exit when kk = 0 or hits >= 120 or (a.rest and a.near is null and hits >= 30 and kk <= kc - 4) or (kk <= greatest(kc - 6, 1) and hits << kk > 1000);
	end loop;
	return query select x.v, x.c << kk, kk > 0 from unnest(vs, ns) x(v, c);
end
$$;

-- As before, but for the sample; total is how many sheets answer, or about. The former one stays for who is in the middle of a question.
create function sheet_wide_words(a sheet_wide_ask, most int, first int, total int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_indexscan = off as $$
declare
	f tsquery := a.f; -- of a plain variable, a row costs less than of a field
	asked tsquery := a.asked;
	rest bool := a.rest;
	-- Of the sheets that have the words elsewhere than in their title, any 300 are ranked: those of a sample where 600 are expected are soon read.
	f_some tsquery := f;
	plain bool := a.asked::text !~ '[<!]'; -- a title keeps no positions, and what is not wanted may be elsewhere
	enough int := first + most;
	heads int[];
	others int[];
	more bool;  -- more than these may answer
	n int;
	ids int[];
begin
	if total >= 1200 then
		f_some := (2000200 + floor(log(2, total / 600))::int)::text::tsquery;
		f_some := case when f is distinct from a.every then f && f_some else f_some end;
	end if;
	if f is distinct from a.every then
		heads := array(select i.sheet_id from sheet_index i where i.head @@ asked and i.keys @@ f and (plain or i.words @@ asked)
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	else
		heads := array(select i.sheet_id from sheet_index i where i.head @@ asked and (plain or i.words @@ asked)
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	end if;
	if plain and cardinality(heads) >= enough then
		return array(select sheet_wide_ranked(a, heads, most, first));
	end if;
	if f_some is distinct from a.every then
		others := array(select i.sheet_id from sheet_index i where i.words @@ asked and i.keys @@ f_some
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	else
		others := array(select i.sheet_id from sheet_index i where i.words @@ asked
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	end if;
	more := cardinality(others) = 300 or f_some is distinct from f;
	if cardinality(heads) > 0 then
		others := array(select unnest(others) except select unnest(heads));
	end if;
	n := cardinality(heads) + cardinality(others);
	if first >= n then
		ids := '{}';
	elsif plain and cardinality(heads) > 0 then
		ids := array(select sheet_wide_ranked(a, heads, 300, 0)) || array(select sheet_wide_ranked(a, others, enough - cardinality(heads), 0));
	else
		ids := array(select sheet_wide_ranked(a, heads || others, enough, 0));
	end if;
	ids := ids[first + 1:enough];
	if enough <= n or not more then
		return ids;
	end if;
	return ids || array(select i.sheet_id from sheet_index i where i.words @@ asked and i.keys @@ f
		and not exists (select from unnest(heads || others) u where u = i.sheet_id) and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a))
		order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit enough - greatest(first, n) offset greatest(0, first - n));
end
$$;

create or replace function sheet_wide_ids(a sheet_wide_ask, st sheet_wide_state, total int, about bool, most int, first int) returns int[]
	language plpgsql stable as $$
declare
	ids int[] := '{}';
	more int[];
	tier int;
	tiers tsquery[] := array[a.f];
	guess int;
	inside tsquery;
	around tsquery;
	named tsquery; -- one place: the sheets of the first tier
	f tsquery;
	quick bool := a.asked is null and not a.rest and a.apres is null and a.tri = 'pertinence' and first + most <= 1000;
begin
	-- A place is asked: here and named by the sheet, or by what contains it; here; elsewhere, named by what contains it; elsewhere.
	if a.tri = 'pertinence' and a.apres is null and not a.rest and a.asked is null and cardinality(a.inside) > 0 then
		inside := sheet_wide_any(array(select 1000000 + u from unnest(a.inside) u));
		around := sheet_wide_any(array(select 3000000 + u from unnest(a.around) u));
		if a.nation = any (a.fv) then
			quick := false;
			tiers := array[a.f && inside && around, a.f && inside && !!around, a.f && !!inside && around, a.f && !!inside && !!around];
		elsif cardinality(a.inside) = 1 then -- one key says both: the sheet is here, and names this place or what contains it
			named := (5000000 + a.inside[1])::text::tsquery;
			f := sheet_wide_query(a.fv, a.fg, 3);
			tiers := array[case when f is null then named else f && named end, a.f && !!named];
		else
			tiers := array[a.f && around, a.f && !!around];
		end if;
	end if;
	-- Where the best sheets hold a whole page of the first tier, no more is read.
	if quick then
		more := sheet_wide_best(a, tiers[1], case when cardinality(a.inside) > 0 then true end, first + most);
		if cardinality(more) = first + most then
			return more[first + 1 : first + most];
		end if;
	end if;
	if not about and (total <= 1000 or a.seed is not null) then
		return sheet_wide_few(a, a.f, most, first, case when a.asked is null then sheet_wide_narrow(a, 0, total, st.visible, null) end);
	elsif a.asked is not null and a.apres is null and a.tri = 'pertinence' then
		-- What GIN reads grows with the sheets that answer, what the walk reads falls: they meet where total^2 is 12,000 times the base.
		if total::float8 * total > 12000.0 * st.visible then
			more := sheet_wide_common(a, most, first); -- five hundred at the least: they are ranked, the others come as they are
			if first < 500 then
				more := array(select sheet_wide_ranked(a, more[1:500], least(500, first + most), 0)) || more[501:];
			end if;
			return more[first + 1:first + most];
		end if;
		return sheet_wide_words(a, most, first, total);
	elsif a.apres is null and total <= 30000 and a.tri in ('recent', 'proximite') and (a.tri = 'recent' or a.here is not null)
			and (total::float8 * total < 0.6 * (first + most) * st.visible -- a sheet read and sorted costs more than one passed by
				or a.tri = 'proximite' and cardinality(a.inside) > 0 -- near a point, but of places that may be far from it
				and a.here is distinct from (select t.point from territory t where t.id = a.inside[1])) then
		return sheet_wide_few(a, a.f, most, first, case when a.asked is null then sheet_wide_narrow(a, 0, total, st.visible, null) end);
	elsif cardinality(tiers) = 1 then
		return sheet_wide_many(a, a.f, most, first);
	end if;
	for tier in 1..cardinality(tiers) loop
		more := case when quick and tier = 2 then sheet_wide_best(a, tiers[2], false, first + most - cardinality(ids)) end;
		if cardinality(more) = first + most - cardinality(ids) then
			return ids || more[first + 1 : first + most];
		end if;
		guess := case when tier = 1 then sheet_wide_guess(a.fv || array(select 3000000 + u from unnest(a.around) u),
			a.fg || array_fill(99, array[cardinality(a.around)]), st.k) else total end;
		if coalesce(guess, 0) > 1000 then
			more := sheet_wide_many(a, tiers[tier], most - cardinality(ids), first);
		else
			more := sheet_wide_few(a, tiers[tier], most - cardinality(ids), first,
				case when tier = 1 and named is not null then sheet_wide_narrow(a, 3, coalesce(guess, 0), st.visible, named) end);
		end if;
		ids := ids || more;
		exit when cardinality(ids) >= most;
		first := case when cardinality(more) > 0 then 0 else first - (select count(*) from sheet_index i where i.keys @@ tiers[tier])::int end;
	end loop;
	return ids;
end
$$;

-- At most three sheets of a structure among the first ten of these, while there are others: nothing where fewer than enough may be among them.
create function sheet_wide_spread(ids int[], enough int) returns int[] language plpgsql stable as $$
begin
	return (
		select case when coalesce(sum(y.ahead), 0) >= enough then coalesce(array_agg(y.id order by y.ahead = 1 and y.aheads <= 10 desc, y.r), '{}') end
		from (
			select x.id, x.r, x.ahead, sum(x.ahead) over (order by x.r) as aheads from (
				select u.id, u.r, case when s.structure_id is not null and row_number() over (partition by s.structure_id order by u.r) > 3
					then 0 else 1 end as ahead
				from unnest(ids) with ordinality u(id, r) cross join lateral (select structure_id from sheet where sheet.id = u.id) s
			) x
		) y);
end
$$;

-- As before, but for that rule, which was of as many sheets as the page asked for: it is of the first twenty, or of the first sixty where the
-- twenty are of few structures, whatever the page and its size, so that pages neither lose nor repeat anything.
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
	lead int[]; -- the first sheets, in their order
	around int[];
	few int[];
	them int[]; -- the sheets, where they were read one by one
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
	a.verified := verifie_depuis;
	a.modified := modifie_depuis;
	a.km := rayon_km;
	a.frame := string_to_array(bbox, ',')::float8[];
	a.rest := num_nonnulls(verifie_depuis, modifie_depuis, rayon_km, bbox) > 0;
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
			select 10, 'maturite', unnest(maturites::text[]) union all
			select 11, 'espace', unnest(espaces)
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
		if a.seed is null and (a.frame is not null or a.km is not null and a.here is not null) then
			around := array(select 3000000 + t.id from territory t where t.type <> 'pays' and t.point && coalesce(
				st_makeenvelope(a.frame[1], a.frame[2], a.frame[3], a.frame[4], 4326), st_buffer(a.here::geography, a.km * 1010)::geometry) limit 2001);
			if cardinality(around) = 0 then
				a.seed := '{}';
			elsif cardinality(around) <= 2000 then -- beyond, most sheets are in it: they are looked at one by one
				a.near := sheet_wide_any(around);
				a.f := a.f && a.near;
			end if;
		end if;
	end if;

	-- Counts: the facets without a filter share one question, each of the others has its own.
	part := 0;
	if a.asked is null or numnode(a.asked) > 0 then
		foreach turn in array array(select distinct u from unnest(0 || a.fg) u order by u) loop
			select array_agg(c.value) filter (where c.value >= 0), array_agg(c.n) filter (where c.value >= 0), bool_or(c.about), array_agg(-c.value) filter (where c.value < 0)
				into vs, ns, near, them from sheet_wide_count(a, turn, st) c;
			if turn = 0 then
				total := coalesce(ns[array_position(vs, 0)], 0);
				rough := near;
				if near and a.asked is null and not a.rest and cardinality(a.fv) = 2 and a.fg[1] <> a.fg[2] then
					-- how many have both is counted, as it is beside the boxes of either
					select p.n, false into total, rough from sheet_pair p where p.a = a.fv[1] and p.b = a.fv[2];
					if not found then
						total := coalesce(ns[array_position(vs, 0)], 0);
						rough := near;
					end if;
				end if;
				few := case when total < 6000 then them end; -- 6,000 are read at most
				value := 0; n := total; about := rough;
				return next;
			end if;
			-- A value not seen in a sample has none when it never goes with one of the filters, some otherwise.
			alone := array(select min(x.v) from unnest(a.fv, a.fg) x(v, g) where x.g <> turn group by x.g
				having count(*) = 1 and min(x.v) in (select o.value from sheet_value o));
			for value, n, about in
				select l.value, coalesce(c.n, 0), near and (c.n > 0 or (l.n > 0 and not exists (select from unnest(alone) o
					where not exists (select from sheet_pair p where p.a = o and p.b = l.value))))
				from sheet_value l left join unnest(vs, ns) c(value, n) on c.value = l.value
				where case when turn = 0 then l.grp <> all (coalesce(a.fg, '{}')) else l.grp = turn end and sheet_wide_shown(l, a) loop
				return next;
			end loop;
			if turn = 3 then -- places that no facet lists: an EPCI, a commune
				foreach place in array array(select x.v from unnest(a.fv, a.fg) x(v, g) where x.g = 3 and not exists (select from sheet_value l where l.value = x.v)) loop
					other := a;
					other.fv := array(select case when x.g = 3 then place else x.v end from unnest(a.fv, a.fg) with ordinality x(v, g, o) order by o);
					part := 2;
					value := place;
					if other.fv = a.fv then -- the only one
						n := total;
						about := rough;
					else
						select c.n, c.about into n, about from sheet_wide_count(other, 0, st) c where c.value = 0;
					end if;
					return next;
				end loop;
				part := 0;
			end if;
		end loop;
		other := a;
		other.seed := coalesce(a.seed, few); -- they are not looked for twice
		if spread then
			ids := sheet_wide_ids(other, st, total, rough, greatest(debut + taille, 20), 0);
			lead := sheet_wide_spread(ids[1:20], case when cardinality(ids) >= 20 then 10 else 0 end);
			if lead is null then
				ids := sheet_wide_ids(other, st, total, rough, greatest(debut + taille, 60), 0);
				lead := sheet_wide_spread(ids[1:60], 0);
			end if;
			ids := (lead || ids[cardinality(lead) + 1:])[debut + 1 : debut + taille];
		else
			ids := sheet_wide_ids(other, st, total, rough, taille + (apres is not null)::int, debut);
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

-- Ordered by distance or by date, the plan of any question took sheets first, then all places for each: 4 s at 10,000 sheets, and not in order. Now
-- each is looked up for the one before; and distances are those of the lists of few sheets, on the globe, not in degrees.
create index territory_near_idx on territory using gist ((point::geography)) where point is not null;
create or replace function sheet_wide_many(a sheet_wide_ask, f tsquery, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
	rest bool := a.rest; -- of a plain variable, a row costs less than of a field
	asked tsquery := a.asked;
	here geography := a.here::geography;
	high int := coalesce((select max(x.v) - 2000010 from unnest(a.fv, a.fg) x(v, g) where x.g = 2), 4);
begin
	if a.apres is not null then
		return array(select i.sheet_id from sheet_index i where i.sheet_id > a.apres and i.keys @@ f and (asked is null or i.words @@ asked)
			 and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) order by i.sheet_id limit most);
	elsif a.tri = 'recent' then
		return array(select s.id from sheet s cross join lateral ( -- limit: looked up one by one, however few rows the plan expects
				select from sheet_index i where i.sheet_id = s.id and i.keys @@ f and (asked is null or i.words @@ asked)
				and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 1) i
			order by s.modified_at desc, s.id limit most offset first);
	elsif a.tri = 'verifie' then
		return array(select i.sheet_id from sheet_index i where i.keys @@ f
			and (asked is null or i.words @@ asked) and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a))
			order by i.verified_on desc nulls last, i.evidence desc, i.sheet_id limit most offset first);
	elsif a.tri = 'proximite' and a.here is not null then
		return array( -- places from the nearest on, the sheets of each, in that order: what hangs on a place is looked up for it
			select st.sheet_id from (select t.id, t.point from territory t where t.type <> 'pays' and t.point is not null order by t.point::geography <-> here) t
			cross join lateral (select x.sheet_id from sheet_territory x where x.territory_id = t.id offset 0) st
			cross join lateral (
				select from sheet_index i where i.sheet_id = st.sheet_id and i.keys @@ f and (asked is null or i.words @@ asked)
				and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 1) i
			where not exists ( -- a sheet of two places counts once, at the nearer
				select from sheet_territory o join territory p on p.id = o.territory_id
				where o.sheet_id = st.sheet_id and p.type <> 'pays'
				and (st_distance(p.point::geography, here), p.id) < (st_distance(t.point::geography, here), t.id))
			limit most offset first);
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
commit;
