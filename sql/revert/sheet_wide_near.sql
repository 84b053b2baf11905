-- Revert catalyse:sheet_wide_near from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
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
drop function sheet_wide_sorted(sheet_wide_ask, tsquery, int, int, tsquery);
commit;
