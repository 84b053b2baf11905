-- What a request writes, row by row, in every table; and taking it back, as if it had never been asked. For tests alone: made and
-- dropped by rights.pm. A line knows its request by application_name, which is what X-Request-Id says: the mail that leaves meanwhile
-- is not taken for it.
drop schema if exists ledger cascade;
create schema ledger;
set search_path to ledger;
create unlogged table line (n bigint generated always as identity primary key, request text not null, tab oid not null, was text, now text);
create index on line (request); -- what was taken back is still in the heap, thousands of times
create function note() returns trigger language plpgsql security definer set search_path to ledger set datestyle to 'ISO' as $$
begin
	-- That somebody was seen is no decision of theirs.
	if tg_op <> 'UPDATE' or to_jsonb(old) - array['seen_at', 'seen_on'] <> to_jsonb(new) - array['seen_at', 'seen_on'] then
		insert into line (request, tab, was, now) values (substring(current_setting('application_name') from '[^ ]*$'), tg_relid,
			case when tg_op <> 'INSERT' then old::text end, case when tg_op <> 'DELETE' then new::text end);
	end if;
	return null;
end
$$;
-- Its columns that are written, and those that name a row.
create table form as
	select c.oid as tab, c.oid::regclass::text as name, string_agg(format('%I', a.attname), ', ' order by a.attnum) filter (where a.attgenerated = '') as cols,
		string_agg(format('(y.r).%I', a.attname), ', ' order by a.attnum) filter (where a.attgenerated = '') as vals,
		coalesce(string_agg(format('x.%1$I = (y.r).%1$I', a.attname), ' and ') filter (where a.attnum = any (i.indkey)), 'x::text = (y.r)::text') as same
	from pg_class c join pg_namespace s on s.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
	left join pg_index i on i.indrelid = c.oid and i.indisprimary
	where s.nspname in ('private', 'catalyse') and c.relkind = 'r' and c.relname <> 'revision' -- counts statements, those that change nothing too
	group by c.oid;
do $$
declare
	t text;
begin
	for t in select name from form loop
		execute format('create trigger "00_ledger" after insert or update or delete on %s for each row execute function ledger.note()', t);
	end loop;
end
$$;
-- Tables written by that request, and how many rows were or are otherwise; then none of it is left.
create function undo(wanted text) returns text language plpgsql set search_path to ledger set datestyle to 'ISO' as $$
declare
	l record;
	said text;
begin
	if not exists (select from line x where x.request = wanted) then
		return '-';
	end if;
	select string_agg(t.name || ' ' || t.k, ', ' order by t.name) into said from (
		select f.name, count(*) as k from ( -- what came and went is nothing
			(select x.tab, x.now from line x where x.request = wanted and x.now is not null except all select x.tab, x.was from line x where x.request = wanted and x.was is not null)
			union all
			(select x.tab, x.was from line x where x.request = wanted and x.was is not null except all select x.tab, x.now from line x where x.request = wanted and x.now is not null)
		) n join form f on f.tab = n.tab group by 1) t;
	set local session_replication_role = replica; -- what a trigger did has its own line
	for l in select x.was, x.now, f.* from line x join form f on f.tab = x.tab where x.request = wanted order by x.n desc loop
		if l.now is not null then
			execute format('delete from %1$s x using (select $1::%1$s as r) y where %2$s', l.name, l.same) using l.now;
		end if;
		if l.was is not null then
			execute format('insert into %1$s (%2$s) overriding system value select %3$s from (select $1::%1$s as r) y on conflict do nothing', l.name, l.cols, l.vals) using l.was;
		end if;
	end loop;
	set local session_replication_role = origin;
	delete from line where request = wanted;
	return coalesce(said, '-');
end
$$;
