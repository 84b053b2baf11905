-- Deploy catalyse:spread to pg
-- requires: follow
-- Where practices travelled: the trees of sheets drawn from one another. A sheet is in a tree once, at its nearest; what turns round ends.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

-- The sheets drawn from one, itself first (depth 0), each through its nearest and oldest parent. At most so many.
create function lineage_down(root int, most int) returns table (sheet_id int, parent_id int, depth int) language plpgsql stable
	set search_path to catalyse, public as $$
declare
	seen int[] := array[root];
	layer int[] := array[root];
	parents int[];
	d int := 0;
begin
	sheet_id := root;
	depth := 0;
	return next;
	while cardinality(seen) < most loop
		select array_agg(x.child order by x.child), array_agg(x.parent order by x.child) into layer, parents from (
			select distinct on (l.sheet_id) l.sheet_id as child, l.other_id as parent
			from sheet_link l join sheet s on s.id = l.sheet_id
			where l.kind = 'inspire' and l.other_id = any (layer) and l.sheet_id <> all (seen) and s.state in ('publiee', 'a_actualiser')
			order by l.sheet_id, l.other_id limit most - cardinality(seen)) x;
		exit when layer is null;
		d := d + 1;
		return query select u.c, u.p, d from unnest(layer, parents) u(c, p);
		seen := seen || layer;
	end loop;
end
$$;
-- The sheet a lineage begins with: up through the first parents, until there is none or one comes back.
create function lineage_root(sheet int) returns int language plpgsql stable set search_path to catalyse, public as $$
declare
	seen int[] := array[sheet];
	up int;
begin
	while cardinality(seen) < 200 loop
		select min(l.other_id) into up from sheet_link l join sheet s on s.id = l.other_id
		where l.kind = 'inspire' and l.sheet_id = seen[cardinality(seen)] and l.other_id <> all (seen) and s.state in ('publiee', 'a_actualiser');
		exit when up is null;
		seen := seen || up;
	end loop;
	return seen[cardinality(seen)];
end
$$;
-- The tree one sheet is in; null: all those of two sheets or more, or of a sheet that somebody tried, at most so many sheets in all.
create function lineage(sheet int, most int) returns table (root_id int, sheet_id int, parent_id int, depth int) language plpgsql stable
	set search_path to catalyse, public as $$
declare
	seen int[] := '{}';
	start record;
begin
	if sheet is not null then
		return query select r.id, d.sheet_id, d.parent_id, d.depth from (select lineage_root(sheet) as id) r cross join lineage_down(r.id, most) d;
		return;
	end if;
	-- Those that nothing visible inspired come first; of a ring, where each inspired another, the first number stands for the root.
	for start in
		select s.id from sheet s
		where s.state in ('publiee', 'a_actualiser') and (
			exists (select from sheet_link l join sheet c on c.id = l.sheet_id where l.other_id = s.id and l.kind = 'inspire' and c.state in ('publiee', 'a_actualiser'))
			or exists (select from adoption a where a.sheet_id = s.id))
		order by exists (select from sheet_link l join sheet p on p.id = l.other_id where l.sheet_id = s.id and l.kind = 'inspire'
			and p.state in ('publiee', 'a_actualiser')), s.id
	loop
		continue when start.id = any (seen);
		exit when cardinality(seen) >= most;
		for sheet_id, parent_id, depth in select d.sheet_id, d.parent_id, d.depth from lineage_down(start.id, most - cardinality(seen)) d loop
			continue when sheet_id = any (seen);
			root_id := start.id;
			seen := seen || sheet_id;
			return next;
		end loop;
	end loop;
end
$$;
commit;
