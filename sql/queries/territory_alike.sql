-- name: territory_alike
-- purpose: the territories like one, on the criteria chosen (null: the usual ones), those that have something to show first, and the
--   sheets that come from them. Each criterion, in its order, is held if it leaves a sheet to show, else let go: used says so.
--   In a large base what a place has is what the last refresh counted, what is also here included; sheets: null in bilan.
--   part: critere (n: how many others share its value), bilan (n alike on the criteria used, catalysts: of them with something,
--   sheets: sheets from them), territoire, fiche. why: what is shared among the criteria chosen, in words
-- param: id int
-- param: criteres text[]
-- param: territoires int
-- param: fiches int
-- column: part text
-- column: code text
-- column: label text
-- column: value text
-- column: note text
-- column: chosen bool
-- column: used bool
-- column: n int
-- column: sheets int
-- column: catalysts int
-- column: id int
-- column: type text
-- column: slug text
-- column: name text
-- column: name_of text
-- column: stone text
-- column: why text
-- column: sheet_type text
-- column: summary text
-- column: evidence smallint
-- column: verified_on date
-- column: o1 int
-- column: o2 bigint
-- rows: many
with me as materialized (
	select t.id, t.type, t.population, l.vals from territory t join territory_likeness l on l.territory_id = t.id where t.id = $1
), crit as materialized (
	select c.code, c.label, c.note, c.several, c.position, v.vals, v.value,
		-- what nearly all of its kind have tells nothing: not among the usual ones
		case when $2::text[] is null then c.by_default and coalesce(v.members < 0.9 * k.members, true) else c.code = any ($2) end as chosen,
		case when c.several and v.vals is not null
			then (select count(*)::int from territory_likeness l where l.vals && v.vals) else v.members end - 1 as others
	from me
	join likeness_value k on k.criterion = 'type' and k.type = me.type
	join likeness_criterion c on exists (select from likeness_value v where v.criterion = c.code and v.type = me.type)
		or not exists (select from likeness_value v where v.criterion = c.code)
	left join lateral (
		select array_agg(v.id order by v.id) as vals, string_agg(v.label, ', ' order by v.label) as value, max(v.members) as members
		from likeness_value v where v.criterion = c.code and v.id = any (me.vals)
	) v on true
), picked as materialized (
	select code, vals, several, row_number() over (order by position)::int as k from crit where chosen and vals is not null and position > 0
), stock as materialized ( -- where there is something, but here; in a large base, counted at the last refresh (docs/design/echelle.md)
	select s.id, sum(s.sheets)::int as sheets, sum(s.catalysts)::int as catalysts
	from (
		select x.ancestor_id as id, count(distinct s.sheet_id) as sheets, count(distinct s.catalyst_id) as catalysts
		from (
			select st.territory_id, i.sheet_id, null::int as catalyst_id
			from sheet_territory st join sheet_index i on i.sheet_id = st.sheet_id where not i.territories @> array[$1]
			union all
			select c.territory_id, null, c.id from catalyst c where c.state = 'publiee' and c.territory_id is not null
		) s
		join territory_tree x on x.territory_id = s.territory_id
		where not (select wide from sheet_wide_state)
		group by x.ancestor_id
		union all
		select p.territory_id, p.sheets, 0 from place_stock p where (select wide from sheet_wide_state)
		union all
		select x.id, 0, count(*) from catalyst_words w cross join lateral unnest(w.seat) x(id) where (select wide from sheet_wide_state) group by x.id
	) s
	join territory t on t.id = s.id
	join me on me.type = t.type and me.id <> t.id
	group by s.id
), alike as materialized ( -- bits: which of the criteria picked each has; false comes before true, and the first bit counts most
	select s.id, s.sheets, s.catalysts, l.vals, h.bits
	from stock s
	-- limit 1: looked up one by one, however many the planner expects
	cross join lateral (select l.vals from territory_likeness l where l.territory_id = s.id limit 1) l
	join lateral (select array_agg(l.vals && p.vals order by p.k) as bits from picked p) h on true = any (h.bits)
), used as materialized (
	select coalesce(max(bits) filter (where sheets > 0), max(bits), (select array_agg(true) from picked)) as bits from alike
), kept as materialized (
	select p.* from picked p join used on used.bits[p.k]
), best as materialized (
	select a.id, a.sheets, a.catalysts, row_number() over (order by w.shared desc, a.sheets desc, a.catalysts desc,
			abs(ln((t.population + 1.0) / (me.population + 1.0))), t.name, a.id) as o,
		t.type, t.code, t.slug, t.name, t.name_of, case when t.type in ('commune', 'epci') then up.code else t.code end as stone, w.why
	from alike a
	cross join me
	join territory t on t.id = a.id
	left join territory up on up.id = t.parent_id
	cross join lateral (
		select count(*) as shared, string_agg(v.label, ', ' order by c.position, v.label) as why
		from picked p join crit c on c.code = p.code join likeness_value v on v.criterion = p.code
		where v.id = any (p.vals) and v.id = any (a.vals)
	) w
	where not exists (select from kept where not a.bits[kept.k])
), sheet_of as materialized (
	select distinct on (i.sheet_id) i.sheet_id, b.id, b.o
	from best b
	join territory_tree x on x.ancestor_id = b.id
	join sheet_territory st on st.territory_id = x.territory_id
	join sheet_index i on i.sheet_id = st.sheet_id and not i.territories @> array[$1]
	where not (select wide from sheet_wide_state)
	order by i.sheet_id, b.o
), first_of as materialized ( -- of a large base, the best of the first places: read one by one, or walked to
	select distinct on (f.sheet_id) f.sheet_id, b.id, b.o
	from (select * from best where sheets > 0 order by o limit 3 * $4) b
	cross join lateral (
		(select i.sheet_id from (select n.* from sheet_index n where b.sheets <= 1000 and n.territories @> array[b.id] offset 0) i
			where not i.territories @> array[$1] order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit $4)
		union all
		(select i.sheet_id from sheet_index i where b.sheets > 1000 and i.keys @@ ((1000000 + b.id)::text::tsquery && !!((1000000 + $1)::text::tsquery))
			order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit $4)
	) f
	where (select wide from sheet_wide_state)
	order by f.sheet_id, b.o
), shown_of as materialized (
	select * from sheet_of union all select * from first_of
)
select 'critere' as part, c.code::text, c.label, c.value, c.note, c.chosen,
	exists (select from kept where kept.code = c.code) as used, c.others as n,
	null::int as sheets, null::int as catalysts, null::int as id, null::text as type, null::text as slug, null::text as name,
	null::text as name_of, null::text as stone, null::text as why, null::text as sheet_type, null::text as summary,
	null::smallint as evidence, null::date as verified_on, 0 as o1, c.position::bigint as o2
from crit c where c.position > 0
union all
select 'bilan', null, null, null, null, null, null,
	(select case when w.n = 1 then (select c.others from crit c join kept on kept.code = c.code)
			when w.all_of is null then (select count(*)::int - 1 from territory_likeness l where l.vals && w.any_of)
			when w.any_of is null then (select count(*)::int - 1 from territory_likeness l where l.vals @> w.all_of)
			else (select count(*)::int - 1 from territory_likeness l where l.vals @> w.all_of and l.vals && w.any_of) end
		from (select count(*) as n, (select array_agg(u) from kept q, unnest(q.vals) u where not q.several) as all_of,
			(select array_agg(u) from kept q, unnest(q.vals) u where q.several) as any_of from kept) w),
	(select case when not (select wide from sheet_wide_state) then count(*)::int end from sheet_of), (select count(*)::int from best), null, null, null, null, null, null, null, null, null, null, null, 1, 0
where exists (select from picked)
union all
select 'territoire', b.code, null, null, null, null, null, null, b.sheets, b.catalysts, b.id, b.type, b.slug, b.name, b.name_of, b.stone,
	b.why, null, null, null, null, 2, b.o
from best b where b.o <= $3
union all
(select 'fiche', b.code, s.title, null, null, null, null, null, null, null, s.id, b.type, s.slug, b.name, b.name_of, b.stone, b.why, s.type,
	s.summary, s.evidence, s.verified_on, 3, row_number() over (order by b.o, s.evidence desc, s.verified_on desc nulls last, s.id)
from shown_of f join sheet s on s.id = f.sheet_id join best b on b.id = f.id
order by b.o, s.evidence desc, s.verified_on desc nulls last, s.id limit $4)
order by o1, o2
