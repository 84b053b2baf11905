-- Revert catalyse:sheet_wide_plans from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
create or replace function sheet_values(sheet_id int, type text, evidence smallint, terms int[], territories int[], own_territories int[],
		maturity_min smallint, maturity_max smallint) returns int[]
	language sql immutable parallel safe
	return terms
		|| array(select 1000000 + u from unnest(territories) u)
		|| array(select 3000000 + u from unnest(own_territories) u)
		|| array[2000001 + array_position(array['methode', 'exemple', 'donnee', 'outil', 'competence'], type) - 1, 2000010 + evidence]
		|| array(select 2000030 + m from generate_series(maturity_min::int, maturity_max::int) m)
		|| array(select 2000200 + k from generate_series(1, 12) k where hashint4(sheet_id) & ((1 << k) - 1) = 0);
create or replace function sheet_wide_query(fv int[], fg int[], skip int) returns tsquery language sql immutable parallel safe
	return (select string_agg('(' || y.alternatives || ')', '&')::tsquery from (
		select string_agg(x.v::text, '|') as alternatives from unnest(fv, fg) x(v, g) where x.g <> skip group by x.g) y);
create or replace function sheet_wide_any(vs int[]) returns tsquery language sql immutable parallel safe
	return (select string_agg(v::text, '|')::tsquery from unnest(vs) v);
create or replace function sheet_wide_guess(vs int[], gs int[], k int) returns int language sql stable
	return (select bit_count(bit_and(y.bits))::int << k from (
		select bit_or(b.bits) as bits from unnest(vs, gs) x(v, g) left join sheet_bits b on b.size = any ('{2,3}') and b.value = x.v group by x.g) y
		having bool_and(y.bits is not null));
create or replace function sheet_wide_spread(ids int[]) returns int[] language sql stable
	return array(
		select y.id from (
			select x.id, x.r, x.ahead, sum(x.ahead) over (order by x.r) as aheads from (
				select u.id, u.r, case when s.structure_id is not null and row_number() over (partition by s.structure_id order by u.r) > 3
					then 0 else 1 end as ahead
				from unnest(ids) with ordinality u(id, r) cross join lateral (select structure_id from sheet where sheet.id = u.id) s
			) x
		) y
		order by y.ahead = 1 and y.aheads <= 10 desc, y.r);
commit;
