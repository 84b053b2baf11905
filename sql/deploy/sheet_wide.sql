-- Deploy catalyse:sheet_wide to pg
-- requires: search_words
-- What keeps lists quick beyond some 5,000 sheets: docs/design/echelle.md tells the whole. Every value a sheet can be filtered or
-- counted by has one number; sheet_index carries them; counts of values and of pairs of values, and bit strings over a sample, are
-- refreshed by sheet_wide_refresh().
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

-- Numbers: a term is its id; 1000000 + id a territory the sheet is in, 3000000 + id one it names itself; 2000001.. a kind,
-- 2000010.. a level of evidence, 2000030.. a level of maturity; 2000200 + k: the sheet is in the sample of one in 2^k.
create function sheet_values(sheet_id int, type text, evidence smallint, terms int[], territories int[], own_territories int[],
		maturity_min smallint, maturity_max smallint) returns int[]
	language sql immutable parallel safe
	return terms
		|| array(select 1000000 + u from unnest(territories) u)
		|| array(select 3000000 + u from unnest(own_territories) u)
		|| array[2000001 + array_position(array['methode', 'exemple', 'donnee', 'outil', 'competence'], type) - 1, 2000010 + evidence]
		|| array(select 2000030 + m from generate_series(maturity_min::int, maturity_max::int) m)
		|| array(select 2000200 + k from generate_series(1, 12) k where hashint4(sheet_id) & ((1 << k) - 1) = 0);

alter table sheet_index add column vals int[] not null default '{}', add column keys tsvector not null default '',
	add column head tsvector not null default '';
comment on column sheet_index.vals is 'the numbers of all the values it can be filtered or counted by: see sheet_values()';
comment on column sheet_index.keys is 'the same as words, so that one index answers filters and words together';
alter table sheet_index alter column words set storage external; -- read whole when ranked: never packed

create function sheet_wide_row() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	select sheet_values(new.sheet_id, new.type, new.evidence, new.terms, new.territories, new.own_territories, s.maturity_min, s.maturity_max)
	into new.vals from sheet s where s.id = new.sheet_id;
	new.keys := array_to_tsvector(new.vals::text[]);
	new.head := strip(ts_filter(new.words, '{a}'));
	return new;
end
$$;
create trigger sheet_wide_row before insert or update on sheet_index for each row execute function sheet_wide_row();
alter table sheet_index enable always trigger sheet_wide_row; -- a load that suspends triggers still needs its values
update sheet_index set type = type;

create function sheet_wide_maturity() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	update sheet_index set type = type where sheet_id = any (array(select c.id from changed c join before b using (id)
		where (c.maturity_min, c.maturity_max) is distinct from (b.maturity_min, b.maturity_max)));
	return null;
end
$$;
create trigger sheet_wide_maturity after update on sheet referencing new table as changed old table as before
	for each statement execute function sheet_wide_maturity();

drop index sheet_index_words_idx;
create index sheet_index_wide_idx on sheet_index using gin (keys, words, head);
create index sheet_index_quality_idx on sheet_index (evidence desc, verified_on desc nulls last, sheet_id) include (keys);
create index sheet_index_verified_idx on sheet_index (verified_on desc nulls last, evidence desc, sheet_id) include (keys);

-- The values that facets list: what each is, and how many sheets have it.
create table sheet_value (
	value int primary key,
	grp int not null, -- the facet's number: values of one group are alternatives
	facet text not null,
	code text not null,
	label text collate "fr-x-icu" not null,
	position int not null,
	level text not null default '', -- of a territory
	parent int, -- the value of the territory above
	overseas bool not null,
	n int not null default 0,
	unique (facet, code)
);
create table sheet_pair ( -- how many sheets have both; both ways, and each value with itself
	a int not null,
	b int not null,
	n int not null,
	primary key (a, b) include (n)
);
create table sheet_bits ( -- who has the value among the sheets of the sample; 1: the first of them, 2: all; 3: all, of a value no facet lists
	size smallint not null check (size in (1, 2, 3)),
	value int not null,
	bits varbit not null,
	primary key (size, value)
);
alter table sheet_bits alter column bits set storage plain; -- a row fits a page: read in place
create table sheet_wide_state (
	one bool primary key default true check (one),
	visible int not null default 0, -- visible sheets at the last refresh; 0: never refreshed
	wide bool not null generated always as (visible > 5000) stored, -- the one place that says from where lists are read otherwise
	k int not null default 0, -- the sample is one sheet in 2^k
	sampled int[] not null default '{0,0}', -- sheets in the sample, by size
	pairs bool not null default false, -- pairs are counted: changes are queued
	refreshed_at timestamptz
);
insert into sheet_wide_state default values;
create table sheet_wide_change ( -- what changed since
	id bigint generated always as identity primary key,
	old int[],
	new int[]
);
revoke insert, update, delete on sheet_value, sheet_pair, sheet_bits, sheet_wide_state, sheet_wide_change from catalyse_rw;

create function sheet_wide_queue() returns trigger language plpgsql security definer set search_path to catalyse, public as $$
begin
	if not (select pairs from sheet_wide_state) then
		return null;
	end if;
	if tg_op = 'INSERT' then
		insert into sheet_wide_change (old, new) select null, vals from changed;
	elsif tg_op = 'DELETE' then
		insert into sheet_wide_change (old, new) select vals, null from before;
	else
		insert into sheet_wide_change (old, new) select b.vals, c.vals from changed c join before b using (sheet_id) where c.vals <> b.vals;
	end if;
	return null;
end
$$;
create trigger sheet_wide_ins after insert on sheet_index referencing new table as changed
	for each statement execute function sheet_wide_queue();
create trigger sheet_wide_upd after update on sheet_index referencing new table as changed old table as before
	for each statement execute function sheet_wide_queue();
create trigger sheet_wide_del after delete on sheet_index referencing old table as before
	for each statement execute function sheet_wide_queue();

-- What facets list today.
create function sheet_wide_values() returns void language sql set search_path to catalyse, public
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

-- Brings counts and bit strings up to date; one session at a time, the others return false at once. Whole: counts all again.
create function sheet_wide_refresh(whole bool) returns bool language plpgsql security definer set search_path to catalyse, public as $$
declare
	st sheet_wide_state;
	total int;
	step int := 0;
	size_full int;
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
	else
		with taken as (
			delete from sheet_wide_change returning old, new
		), delta as (
			select x.a, y.b, sum(c.d)::int as n
			from (select old as vs, -1 as d from taken where old is not null union all select new, 1 from taken where new is not null) c
			cross join lateral (select array_agg(u.v) as vs from unnest(c.vs) u(v) join sheet_value l on l.value = u.v) l
			cross join lateral unnest(l.vs) x(a) cross join lateral unnest(l.vs) y(b)
			group by 1, 2
		)
		insert into sheet_pair as p (a, b, n) select a, b, n from delta where n <> 0
		on conflict (a, b) do update set n = p.n + excluded.n;
		delete from sheet_pair where n <= 0;
	end if;
	update sheet_value v set n = coalesce(p.n, 0) from sheet_value w left join sheet_pair p on p.a = w.value and p.b = w.value
	where v.value = w.value and v.n <> coalesce(p.n, 0);

	select count(*) into total from sheet_index;
	while total >> step > most loop
		step := step + 1;
	end loop;
	create temporary table sampled on commit drop as
		select vals, row_number() over (order by hashint4(sheet_id) desc, sheet_id)::int - 1 as pos from sheet_index
		where step = 0 or vals @> array[2000200 + step];
	select count(*) into size_full from sampled;
	delete from sheet_bits;
	insert into sheet_bits (size, value, bits)
	with word as ( -- 32 sheets a word
		select u.v, s.pos / 32 as w, bit_or(1::bigint << (31 - s.pos % 32)) as b
		from sampled s cross join lateral unnest(s.vals) u(v) where u.v not between 2000200 and 2000300 group by 1, 2
	), kept as (
		select v from word where v in (select value from sheet_value) group by v
		union
		select v from word group by v having sum(bit_count(b::bit(32))) >= 32
	), string as (
		select k.v, string_agg(coalesce(w.b, 0)::bit(32)::text, '' order by g.w)::varbit as bits
		from kept k cross join generate_series(0, (size_full - 1) / 32) g(w) left join word w on w.v = k.v and w.w = g.w
		group by k.v
	)
	select case when l.value is null then 3 else 2 end, s.v, substring(s.bits from 1 for size_full)
	from string s left join sheet_value l on l.value = s.v
	union all
	select 1, s.v, substring(s.bits from 1 for least(size_full, 12000)) from string s join sheet_value l on l.value = s.v;
	drop table sampled;
	update sheet_wide_state set visible = total, k = step, sampled = array[least(size_full, 12000), size_full], pairs = true, refreshed_at = now();
	return true;
end
$$;
revoke execute on function sheet_wide_refresh(bool), sheet_wide_values() from public;
grant execute on function sheet_wide_refresh(bool) to catalyse_rw;
commit;
