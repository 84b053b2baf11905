-- Deploy catalyse:sheet_wide_near to pg
-- requires: sheet_wide_others
-- By distance in a large base, one order whichever way a page is found: the distance of the nearest place of the sheet, as the index gives it (on a
-- sphere), that place, then the sheet; last those of no place but the nation, which broad lists left out of their last pages. Few sheets, read and
-- sorted, and many, passed one by one, had each their own among those of one place: where a walk went from one way to the other, sheets were lost.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create or replace function sheet_wide_few(a sheet_wide_ask, f tsquery, most int, first int, read tsquery) returns int[] language plpgsql stable
	set enable_seqscan = off as $$
begin
	return array(
		with found as materialized (
			select i.sheet_id, i.evidence, i.verified_on, i.territories, i.own_territories, case when a.asked is not null then i.words end as words
			from unnest(a.seed) u(id) cross join lateral (select x.* from sheet_index x where x.sheet_id = u.id limit 1) i where i.keys @@ f
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
			select min(array[st_distance(t.point::geography, a.here::geography, false), t.id]) filter (where t.point is not null) as nearest
			from sheet_territory st join territory t on t.id = st.territory_id
			where st.sheet_id = i.sheet_id and t.type <> 'pays' and a.here is not null and a.tri = 'proximite'
		) d on true
		where (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) and (a.apres is null or i.sheet_id > a.apres)
		order by case when a.apres is not null then i.sheet_id end,
			d.nearest nulls last, case when a.tri = 'proximite' and a.here is not null then i.sheet_id end,
			case when a.tri = 'recent' then s.modified_at end desc nulls last, case when a.tri = 'recent' then i.sheet_id end,
			case when a.tri = 'verifie' then i.verified_on end desc nulls last,
			case when a.asked is not null then search_score(i.words, a.asked, a.typed) else 0 end desc,
			i.territories && a.inside desc, i.own_territories && a.around desc,
			i.evidence desc, i.verified_on desc nulls last, i.sheet_id
		limit most offset first);
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
