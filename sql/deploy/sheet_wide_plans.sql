-- Deploy catalyse:sheet_wide_plans to pg
-- requires: sheet_wide_list
-- What a list calls several times, as PL/pgSQL: a function in SQL that holds a query is planned again at each call, here a plan is kept
-- for the session.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create or replace function sheet_values(sheet_id int, type text, evidence smallint, terms int[], territories int[], own_territories int[],
		maturity_min smallint, maturity_max smallint) returns int[]
	language plpgsql immutable parallel safe as $$
declare
	vs int[] := terms;
begin
	for i in 1..coalesce(cardinality(territories), 0) loop vs := vs || 1000000 + territories[i]; end loop;
	for i in 1..coalesce(cardinality(own_territories), 0) loop vs := vs || 3000000 + own_territories[i]; end loop;
	vs := vs || (2000000 + array_position(array['methode', 'exemple', 'donnee', 'outil', 'competence'], type)) || (2000010 + evidence);
	if maturity_min + maturity_max is not null then
		for m in maturity_min..maturity_max loop vs := vs || 2000030 + m; end loop;
	end if;
	for k in 1..12 loop
		exit when hashint4(sheet_id) & ((1 << k) - 1) <> 0;
		vs := vs || 2000200 + k;
	end loop;
	return vs;
end
$$;

-- The filters as one question to sheet_index.keys, without those of one group; null when none is left.
create or replace function sheet_wide_query(fv int[], fg int[], skip int) returns tsquery language plpgsql immutable parallel safe as $$
declare
	groups text[] := '{}';
	said text[] := '{}';
	at int;
begin
	for i in 1..coalesce(cardinality(fv), 0) loop
		continue when fg[i] = skip;
		at := array_position(groups, fg[i]::text);
		if at is null then
			groups := groups || fg[i]::text;
			said := said || fv[i]::text;
		else
			said[at] := said[at] || '|' || fv[i]::text;
		end if;
	end loop;
	return case when cardinality(said) > 0 then ('(' || array_to_string(said, ')&(') || ')')::tsquery end;
end
$$;

-- Any of these values.
create or replace function sheet_wide_any(vs int[]) returns tsquery language plpgsql immutable parallel safe as $$
begin
	return case when cardinality(vs) > 0 then array_to_string(vs, '|')::tsquery end;
end
$$;

-- About how many sheets have one value of each group, by the sample; null when a group has no value in it.
create or replace function sheet_wide_guess(vs int[], gs int[], k int) returns int language plpgsql stable as $$
begin
	return (select bit_count(bit_and(y.bits))::int << k from (
		select bit_or(b.bits) as bits from unnest(vs, gs) x(v, g) left join sheet_bits b on b.size = any ('{2,3}') and b.value = x.v group by x.g) y
		having bool_and(y.bits is not null));
end
$$;

-- At most three of one structure among the first ten: the others of it wait for the eleventh place.
create or replace function sheet_wide_spread(ids int[]) returns int[] language plpgsql stable as $$
begin
	return array(
		select y.id from (
			select x.id, x.r, x.ahead, sum(x.ahead) over (order by x.r) as aheads from (
				select u.id, u.r, case when s.structure_id is not null and row_number() over (partition by s.structure_id order by u.r) > 3
					then 0 else 1 end as ahead
				from unnest(ids) with ordinality u(id, r) cross join lateral (select structure_id from sheet where sheet.id = u.id) s
			) x
		) y
		order by y.ahead = 1 and y.aheads <= 10 desc, y.r);
end
$$;
commit;
