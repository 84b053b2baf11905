-- Deploy catalyse:sheet_wide_named to pg
-- requires: sheet_wide_heads espace_front
-- Lists of one place read less of the index: one key for « here, and named by the sheet », and what is asked of the index is what it answers cheaply.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';
lock table sheet_index in share row exclusive mode; -- none is written meanwhile without its key

-- Keys besides the values: 5000000 + a territory where the sheet is, and that it names or names what contains it. Nothing is counted by them.
create or replace function sheet_wide_row() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	select sheet_values(new.sheet_id, new.type, new.evidence, new.terms, new.territories, new.own_territories, s.maturity_min, s.maturity_max)
	into new.vals from sheet s where s.id = new.sheet_id;
	new.vals := new.vals || espace_values(new.sheet_id, new.vals);
	new.keys := array_to_tsvector((new.vals || array(select 5000000 + t from unnest(new.territories) t
		where exists (select from territory_tree tt where tt.territory_id = t and tt.ancestor_id = any (new.own_territories))))::text[]);
	new.head := strip(ts_filter(new.words, '{a}'));
	return new;
end
$$;
update sheet_index set type = type;
comment on column sheet_index.keys is 'the same as words, so that one index answers filters and words together; and 5000000 + a territory where it is and that it names or names what contains it';

-- A place that moves may change that key and nothing else, of sheets of several places.
create or replace function sheet_index_tree() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_index_refresh(null);
	update sheet_index set type = type where cardinality(own_territories) > 1;
	return null;
end
$$;

-- Which filters to look for in the index, when about `hits` sheets answer them all (without those of one group): reading a row and looking at its keys costs as much
-- as 150 entries of the index, so that a filter that many sheets answer is cheaper to look at in the sheets that the others leave. also: looked for besides. Null: all of
-- them, or none is left.
create function sheet_wide_narrow(a sheet_wide_ask, skip int, hits float8, visible int, also tsquery) returns tsquery language plpgsql stable as $$
declare
	left_out int[] := array[skip];
	left_n float8 := greatest(hits, 1);
	n float8[];
	g int[];
	rest tsquery;
begin
	select array_agg(y.n order by y.n desc), array_agg(y.g order by y.n desc) into n, g from (
		select x.g, sum(l.n)::float8 as n from unnest(a.fv, a.fg) x(v, g) join sheet_value l on l.value = x.v where x.g <> skip group by x.g) y;
	for i in 1..coalesce(cardinality(g), 0) loop
		left_n := left_n * visible / greatest(n[i], 1);
		exit when n[i] < 150 * left_n;
		left_out := left_out || g[i];
	end loop;
	if cardinality(left_out) = 1 then
		return null;
	end if;
	select sheet_wide_query(array_agg(x.v), array_agg(x.g), 0) into rest from unnest(a.fv, a.fg) x(v, g) where x.g <> all (left_out);
	return case when rest is null then also when also is null then rest else also && rest end;
end
$$;

-- As before, but for read: what the index is asked, when it is less than f. Those without it stay for a list that is under way.
create function sheet_wide_found(a sheet_wide_ask, f tsquery, most int, read tsquery) returns table (vals int[]) language plpgsql stable rows 1000
	set enable_seqscan = off as $$
begin
	if a.seed is not null then
		return query select i.vals from sheet_index i where i.sheet_id = any (a.seed) and i.keys @@ f
			and (a.asked is null or i.words @@ a.asked) and sheet_wide_fits(i.sheet_id, i.verified_on, a);
	elsif a.asked is null then
		return query select i.vals from sheet_index i where i.keys @@ coalesce(read, f) and (read is null or i.keys @@ f)
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
create function sheet_wide_few(a sheet_wide_ask, f tsquery, most int, first int, read tsquery) returns int[] language plpgsql stable
	set enable_seqscan = off as $$
begin
	return array(
		with found as materialized (
			select i.sheet_id, i.evidence, i.verified_on, i.territories, i.own_territories, case when a.asked is not null then i.words end as words
			from sheet_index i where a.seed is not null and i.sheet_id = any (a.seed) and i.keys @@ f
				and (a.asked is null or i.words @@ a.asked)
			union all
			select i.sheet_id, i.evidence, i.verified_on, i.territories, i.own_territories, null
			from sheet_index i where a.seed is null and a.asked is null and i.keys @@ coalesce(read, f) and (read is null or i.keys @@ f)
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
	-- A sample where some 250 are expected to answer, by the planner's statistics of words and values; then four times more, and again, until
	-- enough do; at last all.
	if a.asked is not null and a.seed is null and not a.rest then
		kfirst := floor(log(2, greatest(sheet_wide_expected(coalesce(f, a.every), a.asked) / 250, 1)::numeric))::int;
		kfirst := least(kc, greatest(kfirst, kc - 6, 1));
	end if;
	foreach kk in array case when a.seed is not null or (a.asked is null and not a.rest) then '{0}'::int[]
			else array(select g from generate_series(kfirst, kc - 5, -2) g) || (kc - 6) || 0 end loop
		continue when kk < 0 or (a.rest and kk > 0 and kk <= kc - 4);
		select array_agg(c.value), array_agg(c.n), max(c.n) filter (where c.value = 0) into vs, ns, hits from (
			with found as materialized (
				select x.vals from sheet_wide_found(a, case when kk = 0 then coalesce(f, a.every)
					when f is null then (2000200 + kk)::text::tsquery else f && (2000200 + kk)::text::tsquery end, 6000,
					case when a.asked is null and not a.rest and known then sheet_wide_narrow(a, skip, hits << st.k, st.visible, null) end) x
			)
			select v.value, count(*)::int as n from found cross join lateral unnest(found.vals) u(v)
			join sheet_value v on v.value = u.v and (skip = 0 or v.grp = skip) group by v.value
			union all select 0, count(*)::int from found) c;
		exit when kk = 0 or hits >= 120 or (kk <= greatest(kc - 6, 1) and hits << kk > 1000);
	end loop;
	return query select x.v, x.c << kk, kk > 0 from unnest(vs, ns) x(v, c);
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
begin
	if not about and (total <= 1000 or a.seed is not null) then
		return sheet_wide_few(a, a.f, most, first, case when a.asked is null then sheet_wide_narrow(a, 0, total, st.visible, null) end);
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
	elsif cardinality(a.inside) = 1 then -- one key says both: the sheet is here, and names this place or what contains it
		named := (5000000 + a.inside[1])::text::tsquery;
		f := sheet_wide_query(a.fv, a.fg, 3);
		tiers := array[case when f is null then named else f && named end, a.f && !!named];
	else
		tiers := array[a.f && around, a.f && !!around];
	end if;
	for tier in 1..cardinality(tiers) loop
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
		first := greatest(0, first - case when cardinality(more) > 0 then first else coalesce(guess, 0) end);
	end loop;
	return ids;
end
$$;
commit;
