-- Deploy catalyse:sheet_wide_best to pg
-- requires: sheet_wide_named revision
-- What large bases need beside counts (docs/design/echelle.md): the first pages of lists from strings of bits of the best sheets, where hundreds were read and sorted, or tens of
-- thousands walked past (sheet_best); how many sheets a place has, for its page and those around (place_stock); circles and frames that hold thousands (near).
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

-- No refresh meanwhile: it would take from the queue what is counted here, or go on with its former body.
set local lock_timeout to '60s';
select pg_advisory_xact_lock(hashtext('catalyse.sheet_wide'));
set local lock_timeout to '2s';

create table place_stock ( -- how many sheets name the place or what it contains, at the last refresh
	territory_id int primary key,
	sheets int not null
);
revoke insert, update, delete on place_stock from catalyse_rw;
call revision_watch('fiche', 'place_stock');
-- Of one moment: what the index holds, and what waits to be counted.
insert into place_stock (territory_id, sheets)
select x.id, sum(x.n)::int from (
	select u.v - 1000000 as id, 1 as n from sheet_index i cross join lateral unnest(i.vals) u(v) where u.v between 1000001 and 1999999
	union all -- what the next refresh will count
	select u.v - 1000000, 1 from sheet_wide_change c cross join lateral unnest(c.old) u(v) where u.v between 1000001 and 1999999
	union all
	select u.v - 1000000, -1 from sheet_wide_change c cross join lateral unnest(c.new) u(v) where u.v between 1000001 and 1999999
) x group by x.id having sum(x.n) > 0;

alter table sheet_bits drop constraint sheet_bits_size_check, add constraint sheet_bits_size_check check (size in (1, 2, 3, 4));
comment on table sheet_bits is 'Who has the value. 1, 2, 3: among the sheets of the sample (the first of them; all; all, of a value no facet lists). 4: among the best sheets, in the order of lists';
create table sheet_best ( -- the best sheets of the last refresh, in the order of lists: 1,024 a piece
	piece int primary key,
	ids int[] not null
);
alter table sheet_best alter column ids set storage plain; -- a row fits a page: read in place
revoke insert, update, delete on sheet_best from catalyse_rw;
call revision_watch('fiche', 'sheet_best');

alter type sheet_wide_ask add attribute near tsquery; -- a circle or a frame with too many sheets for seed: who names a place in it

-- Which sheet changed, also when only its place in the order did.
alter table sheet_wide_change add column sheet_id int;
create or replace function sheet_wide_queue() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	if not (select pairs from sheet_wide_state) then
		return null;
	end if;
	if tg_op = 'INSERT' then
		insert into sheet_wide_change (sheet_id, old, new) select sheet_id, null, vals from changed;
	elsif tg_op = 'DELETE' then
		insert into sheet_wide_change (sheet_id, old, new) select sheet_id, vals, null from before;
	else
		insert into sheet_wide_change (sheet_id, old, new) select sheet_id, b.vals, c.vals from changed c join before b using (sheet_id)
			where (c.vals, c.verified_on) is distinct from (b.vals, b.verified_on);
	end if;
	return null;
end
$$;

-- The sheets of the table sampled (vals, pos from 0 to size_full - 1) as one string of bits a value. Of the values that 32 have, and of listed
-- ones that somebody has; best: of listed ones, and of what names a listed place, even if nobody has them.
create function sheet_wide_strings(size_full int, best bool) returns table (value int, bits varbit) language plpgsql as $$
begin
	return query
	with word as ( -- 32 sheets a word
		select u.v, s.pos / 32 as w, bit_or(1::bigint << (31 - s.pos % 32)) as b
		from sampled s cross join lateral unnest(s.vals) u(v) where u.v not between 2000200 and 2000300 group by 1, 2
	), kept as (
		select v from word where not best and v in (select l.value from sheet_value l) group by v
		union
		select v from word group by v having sum(bit_count(b::bit(32))) >= 32
		union
		select l.value from sheet_value l where best
		union -- what names a place
		select l.value + 2000000 from sheet_value l where best and l.value between 1000001 and 1999999
	)
	select k.v, substring(string_agg(coalesce(w.b, 0)::bit(32)::text, '' order by g.w)::varbit from 1 for size_full)::varbit
	from kept k cross join generate_series(0, (size_full - 1) / 32) g(w) left join word w on w.v = k.v and w.w = g.w
	group by k.v;
end
$$;

-- As before, and the best sheets, and those of each place.
create or replace function sheet_wide_refresh(whole bool) returns bool language plpgsql security definer set search_path to catalyse, public as $$
declare
	st sheet_wide_state;
	total int;
	step int := 0;
	size_full int;
	size_best int;
	most int := coalesce(nullif(current_setting('catalyse.sample', true), '')::int, 64000); -- a test may want fewer
begin
	if not pg_try_advisory_xact_lock(hashtext('catalyse.sheet_wide')) then
		return false;
	end if;
	select * into st from sheet_wide_state;
	if not whole and st.pairs and st.refreshed_at > now() - interval '1 day' and not exists (select from sheet_wide_change) then
		return true;
	end if;
	perform sheet_wide_values();
	if whole or not st.pairs then
		lock table sheet_index in share mode; -- nothing moves between the counts and the queue
		delete from sheet_wide_change;
		delete from sheet_pair;
		insert into sheet_pair (a, b, n)
		with seen as materialized (
			select x.a, y.b, count(*)::int as n
			from sheet_index i
			cross join lateral (select array_agg(u.v) as vs from unnest(i.vals) u(v) join sheet_value l on l.value = u.v) l
			cross join lateral unnest(l.vs) x(a) cross join lateral unnest(l.vs) y(b)
			where x.a <= y.b group by 1, 2
		)
		select a, b, n from seen union all select b, a, n from seen where a <> b;
		delete from place_stock;
		insert into place_stock (territory_id, sheets)
		select u.v - 1000000, count(*) from sheet_index i cross join lateral unnest(i.vals) u(v) where u.v between 1000001 and 1999999 group by 1;
	else
		with taken as (
			delete from sheet_wide_change returning old, new
		), moved as (
			select old as vs, -1 as d from taken where old is not null union all select new, 1 from taken where new is not null
		), places as (
			insert into place_stock as p (territory_id, sheets)
			select u.v - 1000000, sum(c.d)::int from moved c cross join lateral unnest(c.vs) u(v) where u.v between 1000001 and 1999999 group by 1 having sum(c.d) <> 0
			on conflict (territory_id) do update set sheets = p.sheets + excluded.sheets
		), delta as (
			select x.a, y.b, sum(c.d)::int as n
			from moved c
			cross join lateral (select array_agg(u.v) as vs from unnest(c.vs) u(v) join sheet_value l on l.value = u.v) l
			cross join lateral unnest(l.vs) x(a) cross join lateral unnest(l.vs) y(b)
			group by 1, 2
		)
		insert into sheet_pair as p (a, b, n) select a, b, n from delta where n <> 0
		on conflict (a, b) do update set n = p.n + excluded.n;
		delete from sheet_pair where n <= 0;
		delete from place_stock where sheets <= 0;
	end if;
	update sheet_value v set n = coalesce(p.n, 0) from sheet_value w left join sheet_pair p on p.a = w.value and p.b = w.value
	where v.value = w.value and v.n <> coalesce(p.n, 0);

	select count(*) into total from sheet_index;
	while total >> step > most loop
		step := step + 1;
	end loop;
	create temporary table sampled on commit drop as
		select sheet_id, vals, row_number() over (order by hashint4(sheet_id) desc, sheet_id)::int - 1 as pos from sheet_index
		where step = 0 or vals @> array[2000200 + step];
	select count(*) into size_full from sampled;
	delete from sheet_bits;
	insert into sheet_bits (size, value, bits)
	with string as materialized (select s.value, s.bits, l.value is not null as listed from sheet_wide_strings(size_full, false) s left join sheet_value l using (value))
	select case when s.listed then 2 else 3 end, s.value, s.bits from string s
	union all
	select 1, s.value, substring(s.bits from 1 for least(size_full, 12000)) from string s where s.listed;

	-- The best of them all, in the order of lists.
	truncate sampled;
	insert into sampled select b.sheet_id, b.vals, row_number() over (order by b.evidence desc, b.verified_on desc nulls last, b.sheet_id) - 1 from (
		select i.* from sheet_index i order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit most) b;
	select count(*) into size_best from sampled;
	insert into sheet_bits (size, value, bits) select 4, s.value, s.bits from sheet_wide_strings(size_best, true) s;
	delete from sheet_best;
	insert into sheet_best (piece, ids) select s.pos / 1024, array_agg(s.sheet_id order by s.pos) from sampled s group by 1;
	drop table sampled;
	update sheet_wide_state set visible = total, k = step, sampled = array[least(size_full, 12000), size_full], pairs = true, refreshed_at = now();
	return true;
end
$$;
update sheet_wide_state set refreshed_at = null; -- the next refresh makes the new strings

-- The first `most` sheets that answer the filters of a, and f, in the order of lists without a place; named: with one, those that name it or what contains it, or
-- those that do not; null: no place counts. Null when the best sheets of the last refresh do not hold as many, or a value has no string. What changed since is looked at
-- as it is now.
create function sheet_wide_best(a sheet_wide_ask, f tsquery, named bool, most int) returns int[] language plpgsql stable as $$
declare
	around int[] := case when named is null then '{}' else array(select 3000000 + u from unnest(a.around) u) end;
	mask varbit;
	apart varbit;
	known bool;
	changed int[] := array(select c.sheet_id from sheet_wide_change c limit 301);
	found int[];
	wanted int;
	cut int;
	ones int;
begin
	if cardinality(changed) > 300 or array_position(changed, null) is not null then
		return null;
	end if;
	select bit_and(y.bits) filter (where y.g <> 99 or named), bit_and(y.bits) filter (where y.g = 99 and not named), bool_and(y.known) into mask, apart, known from (
		select x.g, bit_or(b.bits) as bits, bool_and(b.value is not null) as known
		from unnest(a.fv || around, a.fg || array_fill(99, array[cardinality(around)])) x(v, g)
		left join sheet_bits b on b.size = 4 and b.value = x.v group by x.g) y;
	if mask is null or not known then
		return null;
	end if;
	mask := case when apart is null then mask else mask & ~apart end;
	wanted := most + cardinality(changed);
	foreach cut in array '{512, 4096, 16384, 64000}'::int[] loop
		ones := bit_count(substring(mask from 1 for cut));
		exit when ones >= wanted;
	end loop;
	if ones < most then
		return null;
	end if;
	found := array( -- where the ones are: after so many zeros each
		select b.ids[1 + p.at % 1024] from (
			select (sum(octet_length(u.zeros) + 1) over (order by u.o))::int - 1 as at, u.o
			from unnest(string_to_array(substring(mask from 1 for cut)::text, '1')) with ordinality u(zeros, o) limit least(wanted, ones)) p
		join sheet_best b on b.piece = p.at / 1024
		where b.ids[1 + p.at % 1024] <> all (changed) order by p.o limit most);
	if cardinality(found) < most then
		return null;
	end if;
	return array(select i.sheet_id from (select distinct u from unnest(found || changed) u) u(id)
		cross join lateral (select x.* from sheet_index x where x.sheet_id = u.id limit 1) i -- one by one: never through what answers f
		where i.keys @@ f order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit most);
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
			return array(select sheet_wide_ranked(a, sheet_wide_common(a, most, first), most, first));
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
		first := greatest(0, first - case when cardinality(more) > 0 then first else coalesce(guess, 0) end);
	end loop;
	return ids;
end
$$;

-- Whether a list says how many: of départements, those asked and those beside them.
create function sheet_wide_shown(l sheet_value, a sheet_wide_ask) returns bool language sql stable
	return l.level <> 'departement' or l.value - 1000000 = any (a.inside) or not l.overseas and l.parent - 1000000 = any (a.around);

-- As before; and each sheet, by its number below zero, after its values.
create or replace function sheet_wide_found(a sheet_wide_ask, f tsquery, most int, read tsquery) returns table (vals int[]) language plpgsql stable rows 1000
	set enable_seqscan = off as $$
begin
	if a.seed is not null then
		return query select i.vals || -i.sheet_id from sheet_index i where i.sheet_id = any (a.seed) and i.keys @@ f
			and (a.asked is null or i.words @@ a.asked) and sheet_wide_fits(i.sheet_id, i.verified_on, a);
	elsif a.asked is null then
		return query select i.vals || -i.sheet_id from sheet_index i where i.keys @@ coalesce(read, f) and (read is null or i.keys @@ f)
			and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit most;
	elsif f = a.every then
		return query select i.vals || -i.sheet_id from sheet_index i where i.words @@ a.asked
			and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit most;
	else
		return query select i.vals || -i.sheet_id from sheet_index i where i.keys @@ f and i.words @@ a.asked
			and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit most;
	end if;
end
$$;

-- As before, of what a list says; and each sheet of all that answer, below zero, where these were read one by one.
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

-- As before, but for sheets that are known, each looked up by its key.
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
				few := case when total < 6000 then them end; -- 6,000 are read at most
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
		ids := sheet_wide_ids(other, st, total, rough, taille + case when spread then debut else 0 end + (apres is not null)::int,
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
