-- Revert catalyse:sheet_wide_others from pg
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
			kk := case when bit_count(substring(mask from 1 for st.sampled[1])) >= 600 then 1 else 2 end;
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
			select v.value, count(*)::int as n from found cross join lateral unnest(found.vals) u(v)
			join sheet_value v on v.value = u.v and (skip = 0 or v.grp = skip) group by v.value
			union all select 0, count(*)::int from found
			union all select x.vals[cardinality(x.vals)], 1 from found x where skip = 0 and a.asked is null and not a.rest) c;
		exit when kk = 0 or hits >= 120 or (a.rest and a.near is null and hits >= 30 and kk <= kc - 4) or (kk <= greatest(kc - 6, 1) and hits << kk > 1000);
	end loop;
	return query select x.v, x.c << kk, kk > 0 from unnest(vs, ns) x(v, c);
end
$$;
drop function sheet_wide_words(sheet_wide_ask, int, int, int);
create function sheet_wide_words(a sheet_wide_ask, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_indexscan = off as $$
declare
	f tsquery := a.f; -- of a plain variable, a row costs less than of a field
	asked tsquery := a.asked;
	rest bool := a.rest;
	filtered bool := a.f is distinct from a.every;
	plain bool := a.asked::text !~ '[<!]'; -- a title keeps no positions, and what is not wanted may be elsewhere
	enough int := first + most;
	heads int[];
	others int[];
	more bool;  -- more than these may answer
	n int;
	ids int[];
begin
	if filtered then
		heads := array(select i.sheet_id from sheet_index i where i.head @@ asked and i.keys @@ f and (plain or i.words @@ asked)
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	else
		heads := array(select i.sheet_id from sheet_index i where i.head @@ asked and (plain or i.words @@ asked)
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	end if;
	if plain and cardinality(heads) >= enough then
		return array(select sheet_wide_ranked(a, heads, most, first));
	end if;
	if filtered then
		others := array(select i.sheet_id from sheet_index i where i.words @@ asked and i.keys @@ f
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	else
		others := array(select i.sheet_id from sheet_index i where i.words @@ asked
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	end if;
	more := cardinality(others) = 300;
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
		return sheet_wide_words(a, most, first);
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
commit;
