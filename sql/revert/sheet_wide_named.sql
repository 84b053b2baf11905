-- Revert catalyse:sheet_wide_named from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';
lock table sheet_index in share row exclusive mode;
create or replace function sheet_wide_row() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	select sheet_values(new.sheet_id, new.type, new.evidence, new.terms, new.territories, new.own_territories, s.maturity_min, s.maturity_max)
	into new.vals from sheet s where s.id = new.sheet_id;
	new.vals := new.vals || espace_values(new.sheet_id, new.vals);
	new.keys := array_to_tsvector(new.vals::text[]);
	new.head := strip(ts_filter(new.words, '{a}'));
	return new;
end
$$;
update sheet_index set type = type;
comment on column sheet_index.keys is 'the same as words, so that one index answers filters and words together';
create or replace function sheet_index_tree() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	perform sheet_index_refresh(null);
	return null;
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
drop function sheet_wide_found(sheet_wide_ask, tsquery, int, tsquery);
drop function sheet_wide_few(sheet_wide_ask, tsquery, int, int, tsquery);
drop function sheet_wide_narrow(sheet_wide_ask, int, float8, int, tsquery);
commit;
