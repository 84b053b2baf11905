-- Questions against their expected answers: ours (the list statement, and what it is asked instead when nothing is found) and
-- PostgreSQL's stock French. psql -v questions=FILE -v names="select sheet_id, name ..." -v ours=true|false (false: stock alone); prints
-- one line a question, then figures.
set search_path to catalyse, public;
set client_min_messages to warning;
create temp table raw (line text);
\set copy_raw '\\copy raw from ' :'questions' ' with (format csv, quote E''\\x01'', delimiter E''\\x02'')'
:copy_raw
create temp table question as
select row_number() over () as n, split_part(line, E'\t', 1) as q, string_to_array(split_part(line, E'\t', 2), ' ') as wanted
from raw where line !~ '^#' and line like E'%\t%';
create temp table name as :names;
create temp table stock as
select s.id, setweight(to_tsvector('pg_catalog.french', s.title), 'A') || setweight(to_tsvector('pg_catalog.french', s.summary), 'B')
	|| setweight(jsonb_to_tsvector('pg_catalog.french', s.sections, '["string"]'), 'D') as words
from sheet s where s.state = 'publiee';
-- Asked one by one, as the product does: asked together, the words of a question would be read again for each sheet.
create function pg_temp.ours() returns table (n bigint, id bigint, rank bigint) language plpgsql set plan_cache_mode = 'force_custom_plan' as $$
declare a record;
begin
	for a in
		select t.n, case when f.found then t.q else r.instead end as q from question t
		cross join lateral (select exists (select from sheet_index i where i.words @@ search_query(t.q)) as found) f
		left join lateral search_repair(t.q) r on not f.found
	loop
		continue when a.q is null;
		return query select a.n, l.c_id::bigint, row_number() over (order by l.c_o1, l.c_o2)
			from pg_temp.sheet_list(q => a.q, tri => 'pertinence', taille => 10, debut => 0) l where l.c_part = 'fiche';
	end loop;
end $$;
create temp table ours as select * from pg_temp.ours() where :ours;
create temp table answer as
with plain as (
	select a.n, s.id, s.rank from question a cross join lateral (
		select s.id, row_number() over (order by ts_rank_cd(s.words, w.query) desc, s.id) as rank
		from stock s, websearch_to_tsquery('pg_catalog.french', a.q) w (query) where s.words @@ w.query
		order by rank limit 10
	) s
), answers as (
	select 'ours' as who, ours.* from ours union all select 'stock', plain.* from plain
)
select a.n, a.q, w.who, (
		select min(b.rank) from answers b join name m on m.sheet_id = b.id
		where b.n = a.n and b.who = w.who
			and exists (select from unnest(a.wanted) x where m.name = x or (x like '%*' and starts_with(m.name, rtrim(x, '*'))))
	) as rank
from question a cross join (values ('ours'), ('stock')) w (who) where :ours or w.who <> 'ours';
select '# ' || coalesce(rank::text, 'absent') || ' : ' || q from answer where who = 'ours' and coalesce(rank, 99) > 1 order by n;
select format('figures %s %s %s %s', who, count(*), round(avg((rank <= 5)::int), 3), round(avg(case when rank < 1000 then 1.0 / rank else 0 end), 3))
from (select who, coalesce(rank, 1000) as rank from answer) x group by who order by who;
