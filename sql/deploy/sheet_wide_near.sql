-- Deploy catalyse:sheet_wide_near to pg
-- requires: sheet_wide_others record_sets
-- By distance in a large base, one order whichever way a page is found: the distance of the nearest place of the sheet, as the index gives it (on a
-- sphere), that place, then the sheet; last those of no place but the nation, which broad lists left out of their last pages. By date: the date, then
-- the sheet. Thousands of sheets, read and sorted, and more, passed one by one, had each their own order among those of one place or date: where a
-- walk went from one way to the other, sheets were lost.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

-- The sheets read, and sorted as sheet_wide_many() passes them: by distance or by date of change. read: as for sheet_wide_few().
create function sheet_wide_sorted(a sheet_wide_ask, f tsquery, most int, first int, read tsquery) returns int[] language plpgsql stable
	set enable_seqscan = off as $$
begin
	return array(
		with found as materialized (
			select i.sheet_id, i.verified_on from sheet_index i where a.asked is null and i.keys @@ coalesce(read, f) and (read is null or i.keys @@ f)
			union all
			select i.sheet_id, i.verified_on from sheet_index i where a.asked is not null and i.keys @@ f and i.words @@ a.asked
		)
		select i.sheet_id from found i
		left join lateral (select s.modified_at from sheet s where s.id = i.sheet_id and a.tri = 'recent') s on true
		left join lateral (
			select min(array[st_distance(t.point::geography, a.here::geography, false), t.id]) filter (where t.point is not null) as nearest
			from sheet_territory st join territory t on t.id = st.territory_id
			where st.sheet_id = i.sheet_id and t.type <> 'pays' and a.tri = 'proximite'
		) d on true
		where not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)
		order by s.modified_at desc, d.nearest nulls last, i.sheet_id limit most offset first);
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
		return sheet_wide_sorted(a, a.f, most, first, case when a.asked is null then sheet_wide_narrow(a, 0, total, st.visible, null) end);
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
	ids int[];
	nowhere int[];
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
		-- places from the nearest on, the sheets of each, in that order: what hangs on a place is looked up for it
		ids := array(
			select st.sheet_id from (select t.id, t.point from territory t where t.type <> 'pays' and t.point is not null order by t.point::geography <-> here, t.id) t
			cross join lateral (select x.sheet_id from sheet_territory x where x.territory_id = t.id order by x.sheet_id offset 0) st
			cross join lateral (
				select from sheet_index i where i.sheet_id = st.sheet_id and i.keys @@ f and (asked is null or i.words @@ asked)
				and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 1) i
			where not exists ( -- a sheet of two places counts once, at the nearer
				select from sheet_territory o join territory p on p.id = o.territory_id
				where o.sheet_id = st.sheet_id and p.type <> 'pays'
				and (st_distance(p.point::geography, here, false), p.id) < (st_distance(t.point::geography, here, false), t.id))
			limit most offset first);
		if cardinality(ids) < most then -- then those of no place but the nation
			nowhere := array(select t.id from territory t where t.type = 'pays' or t.point is null);
			if cardinality(ids) = 0 and first > 0 then
				first := greatest(0, first - (select count(*) from sheet_index i where i.keys @@ f and (asked is null or i.words @@ asked)
					and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) and not i.own_territories <@ nowhere));
			else
				first := 0;
			end if;
			ids := ids || array(select i.sheet_id from sheet_index i where i.keys @@ f and (asked is null or i.words @@ asked)
				and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) and i.own_territories <@ nowhere
				order by i.sheet_id limit most - cardinality(ids) offset first);
		end if;
		return ids;
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
