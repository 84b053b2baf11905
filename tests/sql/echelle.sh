#!/usr/bin/env bash
# The lists of a large base against the exact ones, on generated sheets and a sample kept small: same answers where few sheets are
# concerned, near ones within five standard deviations elsewhere, never "none" for what exists; counts that follow changes. TAP.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
build=${top_builddir:-$PWD}
sheets=${SHEETS:-21000} asks=${ASKS:-40}
work=$(mktemp -d /tmp/catalyse-echelle.XXXXXX)
trap '"$top/tools/cluster.sh" destroy "$work/pg" >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
chmod 755 "$work"
n=0 bad=0
ok() { # STATUS NAME [FILE]
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; return; fi
	bad=1
	echo "not ok $n - $2"
	[ -z "${3:-}" ] || sed 's/^/# /' "$3" | head -n 40
}
"$top/tools/cluster.sh" create "$work/pg" || { echo "Bail out! no server"; exit 1; }
eval "$("$top/tools/cluster.sh" env "$work/pg" catalyse)"
sql() { psql -XqAt -v ON_ERROR_STOP=1 "$@"; }
createdb catalyse
(cd "$top/sql" && sqitch deploy "$("$top/tools/cluster.sh" uri "$work/pg" catalyse)") >"$work/out" 2>&1 || { ok 1 deploy "$work/out"; echo "1..$n"; exit 1; }
sql -f "$here/fixture.sql" >"$work/out"
sql >"$work/out" <<'SQL'
set search_path = catalyse, public;
update territory set point = st_point(55.6 - 51 * (id - 20), -21 + 66.6 * (id - 20), 4326), point_source = 'membres' where type = 'epci';
insert into territory (type, code, slug, name, population, point, point_source, parent_id, vintage)
	select 'commune', lpad((38600 + i)::text, 5, '0'), 'commune-' || i, 'Commune ' || i, 300 / i, st_point(5 + i / 50.0, 45 + i / 60.0, 4326), 'a', 7, 2026
	from generate_series(1, 30) i;
insert into scheme (code, label, origin, position) select s, s, 'ours', 9 from unnest('{profil,parcours,maturite,dispositif}'::text[]) s;
insert into term (scheme, code, label, position, origin)
	select s, 'x' || i, s || ' ' || i, 20 + i, 'ours' from unnest('{theme,pratique,profil,parcours,dispositif}'::text[]) s, generate_series(1, 8) i
	union all select 'odd', i::text, 'ODD ' || i, i, 'ours' from generate_series(1, 16) i
	union all select 'maturite', i::text, 'Niveau ' || i, i, 'ours' from generate_series(1, 4) i;
select territory_rebuild_tree();
alter database catalyse set catalyse.sample = '6000';
SQL
if "$top/tools/generer/base" "$work/pg" catalyse "$sheets" 100 --generer "$build/generer" >"$work/out" 2>&1; then s=0; else s=1; fi
ok $s "$sheets sheets are generated" "$work/out"
if "$top/tools/generer/base" "$work/pg" catalyse 10 1 --generer "$build/generer" >"$work/out" 2>&1; then s=1; else s=0; fi
ok $s "a base that holds sheets is refused" "$work/out"
sql -c "select 1 / (visible > 20000 and k = 2)::int from catalyse.sheet_wide_state" >/dev/null && ok 0 "the sample is one sheet in four"

# Questions at random, the same every time.
awk -v n="$asks" 'BEGIN {
	srand(11); split("null null null null null null null null null null null null null null null null null null null null null null", none, " ")
	split("association habitants mairie école jeunes réunion partenaires minuteur lyon cuisine", words, " ")
	split("region:84 region:53 region:04 departement:38 departement:69 departement:35 departement:974 commune:69123 commune:97410 commune:38620 commune:38630 epci:200000172", places, " ")
	split("methode exemple donnee outil competence", kinds, " "); split("theme odd pratique parcours profil", names, " ")
	for (i = 1; i <= n; i++) {
		for (k = 1; k <= 22; k++) p[k] = "null"
		p[18] = "\047pertinence\047"; p[19] = 20; p[20] = rand() < 0.15 ? 20 : 0
		if (rand() < 0.4) p[1] = "\047" words[1 + int(rand() * 10)] (rand() < 0.4 ? " " words[1 + int(rand() * 10)] : "") "\047"
		filters = int(rand() * 4)
		for (f = 0; f < filters; f++) {
			r = int(rand() * 9)
			if (r < 2) p[11] = "\047{" places[1 + int(rand() * 12)] (rand() < 0.3 ? ",pays:FR" : "") (rand() < 0.2 ? "," places[1 + int(rand() * 12)] : "") "}\047"
			else if (r == 2) p[2] = "\047{" kinds[1 + int(rand() * 5)] "}\047"
			else if (r == 3) p[12] = "\047{" int(rand() * 5) (rand() < 0.3 ? ",4" : "") "}\047"
			else if (r == 4) p[8] = "\047{" 1 + int(rand() * 4) "}\047"
			else { k = 1 + int(rand() * 5); p[2 + k] = "\047{" (k == 2 ? 1 + int(rand() * 16) : "x" 1 + int(rand() * 8)) (rand() < 0.3 ? "," (k == 2 ? 3 : "x2") : "") "}\047" }
		}
		r = rand()
		if (r < 0.08) p[18] = "\047recent\047"; else if (r < 0.16) p[18] = "\047verifie\047"; else if (r < 0.2) { p[18] = "\047proximite\047"; p[15] = 48.1; p[16] = -1.6 }
		r = rand()
		if (r < 0.05) p[13] = "\0472026-08-01\047"; else if (r < 0.1) p[14] = "\0472026-09-01\047"; else if (r < 0.15) { p[15] = 45.7; p[16] = 4.8; p[17] = 20 }
		else if (r < 0.2) p[21] = "\0475,45,5.3,45.4\047"; else if (r < 0.25) p[22] = 105000; else if (r < 0.28) p[10] = "\047{reseau}\047"
		a = p[1]; for (k = 2; k <= 22; k++) a = a ", " p[k]
		printf "create temporary table exact as execute sheet_list(%s);\ncreate temporary table wide as execute sheet_list_wide(%s);\n", a, a
		gsub(/\047/, "\047\047", a)
		printf "insert into seen select \047%s\047, d.* from difference() d;\ndrop table exact, wide;\n", a
	}
}' >"$work/asks"
{
	echo "set search_path = catalyse, public; set plan_cache_mode = force_generic_plan; set jit = off;"
	awk -f "$here/prepare.awk" "$top/sql/queries/sheet_list.sql" "$top/sql/queries/sheet_list_wide.sql"
	cat <<'SQL'
create temporary table seen (ask text, kind text, facet text, code text, truth int, said int, about bool);
create temporary table exact as execute sheet_list(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'pertinence', 1, 0, null, null);
create temporary table wide as table exact;
-- Where the two differ: "count" a value, "key" one that only one of them lists, "page" the sheets shown; "near": said about, for the record.
create function pg_temp.difference() returns table (kind text, facet text, code text, truth int, said int, about bool) language plpgsql as $$
begin
	return query
		select case when w.about then 'near' when e.n is null or w.n is null or (e.label, e.parent, e.o1, e.o2) is distinct from
			(w.label, w.parent, w.o1, w.o2) then 'key' else 'count' end, e.facet, e.code, e.n, w.n, w.about
		from (select * from exact x where x.part = 'facette') e full join (select * from wide x where x.part = 'facette') w
			on w.facet = e.facet and w.code = e.code
		where w.about or (e.n, e.label, e.parent, e.o1, e.o2) is distinct from (w.n, w.label, w.parent, w.o1, w.o2);
	return query
		select 'page', '', '', count(*)::int, null::int, null::bool from (
			(select row_number() over (order by e.o1), e.id, e.title, e.here, e.national, e.place_code, e.stone, round(e.distance_km::numeric, 3)
				from exact e where e.part = 'fiche')
			except
			(select row_number() over (order by e.o1), e.id, e.title, e.here, e.national, e.place_code, e.stone, round(e.distance_km::numeric, 3)
				from wide e where e.part = 'fiche')) d
		where (select x.n <= 1000 and not x.about from wide x where x.facet = 'total')
		having count(*) > 0;
	return query select 'rows', '', '', (select count(*)::int from exact e where e.part = 'fiche'), (select count(*)::int from wide e where e.part = 'fiche'),
		null::bool where (select count(*) from exact e where e.part = 'fiche') <> (select count(*) from wide e where e.part = 'fiche');
end
$$;
create function difference() returns table (kind text, facet text, code text, truth int, said int, about bool) language sql as 'select * from pg_temp.difference()';
drop table exact, wide;
SQL
	cat "$work/asks"
	echo "\\copy seen to '$work/seen'"
} >"$work/all.sql"
if sql -f "$work/all.sql" >"$work/out" 2>&1; then s=0; else s=1; fi
ok $s "$asks questions are asked twice" "$work/out"
verdict() { # NAME CONDITION
	awk -F '\t' "$2" "$work/seen" >"$work/bad"
	ok "$([ -s "$work/bad" ] && echo 1 || echo 0)" "$1" "$work/bad"
}
verdict "the same values are listed" '$2 == "key"'
verdict "what is not said about is exact" '$2 == "count"'
verdict "few sheets: the same, in the same order, told the same way" '$2 == "page"'
verdict "a page has as many sheets" '$2 == "rows"'
verdict "what is said about is near: five standard deviations of the sample" '$2 == "near" && $6 > 0 {
	# one sheet in four without words; with words, one in 32 at the least
	k = $1 ~ /^null/ ? 4 : 32; d = $6 - $5; if (d < 0) d = -d; if (d > 5 * sqrt($5 * k) + k) print }'
ok "$(awk -F '\t' '$2 == "near"' "$work/seen" | head -n 1 | grep -c . | sed 's/1/x/; s/0/1/; s/x/0/')" "the sample served: $(grep -c near "$work/seen") counts were near ones"
verdict "nothing that exists is said to be none" '$2 != "near" && $6 == 0 && $5 > 0'

# Words beyond a thousand sheets: what is not wanted is nowhere in a sheet shown, and a sequence is found in a title.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public;
create temporary table word as select w.word, count(*) as n from sheet_index i, unnest(tsvector_to_array(strip(i.head))) w(word) where length(w.word) > 4 group by 1 order by 2 desc limit 6;
create temporary table asked as select a.word || ' -' || b.word as q from word a, word b where a.word <> b.word union select a.word || ' ou "' || a.word || ' ' || b.word || '"' from word a, word b where a.word <> b.word;
create temporary table shown as select a.q, w.sheet_id from asked a cross join lateral
	sheet_wide(a.q, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null) w where w.part = 1;
select 1 / (count(*) > 100)::int, 1 / (bool_and(i.words @@ search_query(s.q)))::int from shown s join sheet_index i using (sheet_id);
SQL
ok $s "words: each sheet of a page answers its question" "$work/out"

# Pages from the strings of the best sheets: those that would be found without, with what changed since the refresh; and they do come from there.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public; set plan_cache_mode = force_generic_plan; set jit = off;
begin;
update sheet set state = 'archivee' where id = any (array(select sheet_id from sheet_index order by evidence desc, verified_on desc nulls last, sheet_id limit 40));
update sheet set evidence = 4 where id between 101000 and 101060 and evidence < 4;
update sheet set verified_on = current_date where id between 101100 and 101140;
update sheet set verified_on = null where id = any (array(select sheet_id from sheet_index order by evidence desc, verified_on desc nulls last, sheet_id limit 20));
select 1 / (count(distinct sheet_id) between 100 and 300)::int from sheet_wide_change;
create temporary table asked as select row_number() over () as ask, p.*, k.*, h.*, d.* from
	unnest('{region:84,region:53,departement:38,departement:69,departement:974,commune:69123,epci:200000172,pays:FR,"region:84 region:53","departement:38 pays:FR"}'::text[] || null) p(place)
	cross join unnest('{methode,"exemple donnee"}'::text[] || null) k(kinds) cross join unnest('{x1,"x2 x3"}'::text[] || null) h(themes) cross join unnest('{0,20,80}'::int[]) d(debut);
create function pg_temp.pages() returns table (ask bigint, rank int, sheet_id int) language sql as $$
	select a.ask, w.rank, w.sheet_id from asked a cross join lateral sheet_wide(null, string_to_array(a.kinds, ' '), string_to_array(a.themes, ' '), null, null, null, null, null, null, null,
		string_to_array(a.place, ' '), null, null, null, null, null, null, 'pertinence', 20, a.debut, null, null) w where w.part = 1 $$;
create temporary table quick as select * from pg_temp.pages();
savepoint whole;
update sheet_bits set bits = (bits & (repeat('0', 3000) || repeat('1', length(bits) - 3000))::varbit) where size = 4;
select 1 / (count(distinct ask) >= 15)::int from (table quick except select * from pg_temp.pages()) d;
rollback to whole;
delete from sheet_bits where size = 4;
select 1 / (count(*) > 2000)::int from quick;
select 1 / (not exists ((table quick except select * from pg_temp.pages()) union all (select * from pg_temp.pages() except table quick)))::int;
rollback;
SQL
ok $s "pages of the best sheets are those found without, also just after a change" "$work/out"

# A very common word with the lowest level of evidence alone: what is better proved is not passed by, one sheet after another.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public;
begin;
do $$
declare
	a sheet_wide_ask;
	low int;
	every int;
	passed bigint := pg_stat_get_xact_tuples_returned('sheet_index_quality_idx'::regclass);
	shown int[];
begin
	select count(*) filter (where evidence = 0), count(*) into low, every from sheet_index;
	a.fv := '{2000010}'; a.fg := '{2}'; a.f := '2000010'; a.rest := false;
	select quote_literal(w.word)::tsquery into a.asked from sheet_index i, unnest(tsvector_to_array(strip(i.words))) w(word) where i.evidence = 0
		group by w.word order by count(*) desc limit 1;
	shown := sheet_wide_common(a, 20, 0);
	passed := pg_stat_get_xact_tuples_returned('sheet_index_quality_idx'::regclass) - passed;
	raise notice '% of % sheets have the lowest level, % passed for %', low, every, passed, cardinality(shown);
	assert low < every / 2 and cardinality(shown) = 500 and passed between 500 and low;
end
$$;
rollback;
SQL
ok $s "a walk begins at the level of evidence asked" "$work/out"

# By distance and by date, with the plans of any question, as the programs have them, and within the two seconds that a statement may last.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public; set plan_cache_mode = force_generic_plan; set jit = off; set statement_timeout = '2s';
create temporary table question as select row_number() over () as ask, q.*, p.*, d.* from
	(values (null::text, null::text[], null::text[]), (null, '{methode}', null), (null, null, '{region:84}'), ('habitants', null, null), ('habitants', null, '{region:84}')) q (q, kinds, place)
	cross join (values (48.1::float8, -1.6::float8), (-21.1, 55.5), (45.7, 4.8)) p (lat, lon) cross join unnest('{0,40,600}'::int[]) d (debut);
create function pg_temp.page(tri text, size int, r question) returns int[] language sql as $$
	select coalesce(array_agg(w.sheet_id order by w.rank), '{}') from sheet_wide(r.q, r.kinds, null, null, null, null, null, null, null, null, r.place, null, null, null,
		r.lat, r.lon, null, tri, size, r.debut, null, null) w where w.part = 1 $$;
create temporary table near (ask bigint, o bigint, id int);
create temporary table late (ask bigint, o bigint, id int);
select format('insert into %s select %s, u.o, u.id from question x cross join lateral unnest(pg_temp.page(%L, 20, x)) with ordinality u (id, o) where x.ask = %s', t.name, x.ask, t.tri, x.ask)
from question x, (values ('near', 'proximite'), ('late', 'recent')) t (name, tri) \gexec
set statement_timeout = 0;
create function pg_temp.km(sheet int, r question) returns float8 language sql as $$
	select round((min(st_distance(t.point::geography, st_makepoint(r.lon, r.lat)::geography)) / 1000)::numeric, 1)::float8 from sheet_territory st join territory t on t.id = st.territory_id
	where st.sheet_id = sheet and t.type <> 'pays' $$;
create temporary table answer as select x.ask, i.sheet_id, pg_temp.km(i.sheet_id, x) as km, s.modified_at from question x join sheet_index i on
	(x.kinds is null or i.type = any (x.kinds)) and (x.q is null or i.words @@ search_query(x.q))
	and (x.place is null or i.territories && array(select t.id from territory t where t.type || ':' || t.code = any (x.place)))
	join sheet s on s.id = i.sheet_id;
select 1 / (count(distinct n.ask) = 45 and count(*) > 700)::int from near n;
-- Each page is that of all that answer, sorted: distances to a hundredth, an index being less exact than what is shown.
select 1 / (count(*) = 0)::int from near n join question q using (ask) join (
	select a.*, row_number() over (partition by a.ask order by a.km nulls last) as o from answer a) a on a.ask = n.ask and a.o = n.o + q.debut
	left join answer m on m.ask = n.ask and m.sheet_id = n.id
	where m.sheet_id is null or (a.km is null) <> (m.km is null) or abs(a.km - m.km) > greatest(1, a.km / 100);
select 1 / (count(*) = 0)::int from late n join question q using (ask) join (
	select a.*, row_number() over (partition by a.ask order by a.modified_at desc) as o from answer a) a on a.ask = n.ask and a.o = n.o + q.debut
	left join answer m on m.ask = n.ask and m.sheet_id = n.id where m.modified_at is distinct from a.modified_at;
select 1 / (count(*) = 0)::int from (select ask, id from near group by ask, id having count(*) > 1 union all select ask, id from late group by ask, id having count(*) > 1) twice;
SQL
ok $s "by distance, by date: pages are those of all that answer, sorted" "$work/out"

# Three sheets of a structure among the first ten, whatever the size of the pages: small ones lost sheets and repeated others.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public;
begin;
create temporary table question as select * from (values (null::text, null::text[]), ('habitants', null), (null, '{region:84}'), ('association', '{region:84}')) q (q, place);
create function pg_temp.page(q text, place text[], size int, debut int) returns int[] language sql as $$
	select array_agg(w.sheet_id order by w.rank) from sheet_wide(q, null, null, null, null, null, null, null, null, null, place, null, null, null, null, null, null, 'pertinence',
		size, debut, null, null) w where w.part = 1 $$;
create temporary table one as select id from structure order by id limit 1;
-- Of each of these lists, the first twelve of one structure, then the first sixteen: the first twenty are not enough.
do $$
declare
	few int[];
	whole int[];
	lost int;
	r record;
begin
	for r in select q.*, many from question q, unnest('{12,16}'::int[]) many loop
		few := pg_temp.page(r.q, r.place, 60, 0);
		update sheet set structure_id = case when id = any (few[1:r.many]) then (select id from one) end where id = any (few);
		whole := pg_temp.page(r.q, r.place, 100, 0);
		if cardinality(whole) <> 100 or (select count(*) from sheet s where s.id = any (whole[1:10]) and s.structure_id is not null) <> 3 then
			raise exception '%: not three of a structure among the first ten', r;
		end if;
		select count(*) into lost from unnest('{3,7,20}'::int[]) size, generate_series(0, 70, size) o
			where pg_temp.page(r.q, r.place, size, o) is distinct from whole[o + 1 : o + size];
		if lost > 0 then
			raise exception '%: % pages are not those of the list', r, lost;
		end if;
	end loop;
end
$$;
select 1 / (count(*) > 0)::int from one;
rollback;
SQL
ok $s "three of a structure among the first ten, and pages of all sizes make one list" "$work/out"

# Page after page: every sheet that answers, once, as a walk by number has them.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public; set plan_cache_mode = force_generic_plan; set jit = off;
create temporary table word as select w.word, count(*) as n from sheet_index i, unnest(tsvector_to_array(strip(i.words))) w(word) where length(w.word) > 4 group by 1;
create temporary table asked as select row_number() over () as ask, q, k, p, v from (
	select null::text as q, null::text[] as k, '{region:84}'::text[] as p, '{0}'::int[] as v union all
	select null, '{exemple}', '{region:84}', null union all
	select null, '{methode,exemple}', '{departement:69,region:53}', null union all
	select null, null, '{departement:38,pays:FR}', null union all
	(select word, null, null, null from word order by n desc limit 1) union all
	(select word, null, null, null from word where n between 1500 and 4000 order by n desc limit 1) union all
	(select word, '{exemple}', null, null from word where n between 4000 and 8000 order by n limit 1) union all
	(select word, null, '{region:84}', null from word where n between 4000 and 9000 order by n desc limit 1) union all
	(select a.word || ' -' || b.word, null, null, null from word a, word b where a.n between 3000 and 6000 and b.n between 1000 and 2000 order by a.n, b.n limit 1)) x;
create temporary table walked (ask bigint, by_number bool, id int);
do $$
declare
	a record;
	at int;
	step int[];
begin
	for a in table asked loop
		at := 0;
		loop
			step := array(select w.sheet_id from sheet_wide(a.q, a.k, null, null, null, null, null, null, null, null, a.p, a.v, null, null, null, null, null, 'pertinence', 100, at, null, null) w
				where w.part = 1 order by w.rank);
			exit when cardinality(step) = 0;
			insert into walked select a.ask, false, u from unnest(step) u;
			at := at + 100;
		end loop;
		at := 0;
		loop
			step := array(select w.sheet_id from sheet_wide(a.q, a.k, null, null, null, null, null, null, null, null, a.p, a.v, null, null, null, null, null, 'pertinence', 1000, 0, null, at) w
				where w.part = 1 order by w.rank);
			insert into walked select a.ask, true, u from unnest(step[1:1000]) u;
			exit when cardinality(step) < 1000;
			at := step[1000];
		end loop;
	end loop;
end
$$;
select a.*, count(w.id) filter (where by_number) as there, count(w.id) filter (where not by_number) as shown, count(distinct w.id) filter (where not by_number) as once
from asked a left join walked w using (ask) group by a.ask, a.q, a.k, a.p, a.v order by 1;
select 1 / (count(*) = 9 and bool_and(there > 1000 and there = shown and there = once))::int from (select count(w.id) filter (where by_number) as there, count(w.id) filter (where not by_number) as shown,
	count(distinct w.id) filter (where not by_number) as once from asked a left join walked w using (ask) group by a.ask) x;
SQL
ok $s "pages neither lose nor repeat anything" "$work/out"

# One sheet written: what follows reads it alone, with the plans of the programs.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, private, public; set plan_cache_mode = force_generic_plan; set jit = off;
begin;
create temporary table one as select min(id) as id from sheet where state = 'publiee';
create temporary table before as select relname, coalesce(seq_tup_read, 0) as n from pg_stat_xact_user_tables where relname in ('sheet', 'sheet_index', 'sheet_record', 'sheet_term', 'sheet_territory');
update sheet set summary = summary || ' Encore.' where id = (select id from one);
delete from sheet_term where sheet_id = (select id from one);
insert into sheet_term select one.id, t.id from one, term t where t.scheme = 'odd' and t.code in ('1', '2');
insert into sheet_territory select one.id, t.id from one cross join lateral (select id from territory where type = 'commune' and id not in
	(select territory_id from sheet_territory where sheet_id = one.id) order by id limit 1) t;
delete from sheet_catalyst where sheet_id = (select id from one);
delete from sheet_source where sheet_id = (select id from one);
set constraints all immediate;
select a.relname, a.seq_tup_read - b.n from pg_stat_xact_user_tables a join before b using (relname);
select 1 / (count(*) = 5 and sum(a.seq_tup_read - b.n) < 2000)::int from pg_stat_xact_user_tables a join before b using (relname);
rollback;
SQL
ok $s "a write of one sheet does not read the others" "$work/out"

# By distance and by date too, to the last page, the sheets of no place but the nation there: lists of few thousands go from one way of finding pages to another.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public; set plan_cache_mode = force_generic_plan; set jit = off;
create temporary table asked as select * from
	(values (1, null::text[], 7000, 'proximite'), (2, '{outil}', 800, 'proximite'), (3, '{outil}', 800, 'recent')) x (ask, k, size, tri);
create temporary table walked (ask bigint, page int, id int);
do $$
declare
	a record;
	step int[];
begin
	for a in table asked loop
		for page in 0..100 loop
			step := array(select w.sheet_id from sheet_wide(null, a.k, null, null, null, null, null, null, null, null, null, null, null, null, 45.7, 4.8, null, a.tri, a.size, page * a.size,
				null, null) w where w.part = 1 order by w.rank);
			exit when cardinality(step) = 0;
			insert into walked select a.ask, page, u from unnest(step) u;
		end loop;
	end loop;
end
$$;
create temporary table told as select a.*, (select count(*) from sheet_index i where a.k is null or i.type = any (a.k)) as there,
	(select count(*) from walked w where w.ask = a.ask) as shown, (select count(distinct w.id) from walked w where w.ask = a.ask) as once,
	(select count(distinct w.page) from walked w where w.ask = a.ask) as pages
from asked a;
table told order by ask;
select 1 / (count(*) = 3 and bool_and(there = shown and there = once and pages > 2))::int from told;
SQL
ok $s "by distance and by date, pages neither lose nor repeat anything, to the last" "$work/out"
# A question told of the title, and of all but the text, by its weights: the scores of an index filtered.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public;
create temporary table told as
	select q, search_score(i.words, asked, typed) as filtered, search_score(i.words, asked, search_weighted(asked, 'A'), search_weighted(asked, 'ABC'),
		typed, search_weighted(typed, 'A'), search_weighted(typed, 'ABC')) as weighted
	from unnest(array['association', 'tiers-lieu', 'partenariat territoire', 'évaluer -carte', '"projet de territoire"', 'asso ou mécénat', '~ jardin partagé quartier']) q
	cross join lateral (select search_query(q) as asked, search_typed(q) as typed) a
	cross join lateral (select words from sheet_index where words @@ asked limit 300) i;
select q, count(*), count(*) filter (where filtered is distinct from weighted) as differ, min(weighted), max(weighted) from told group by q;
select 1 / (count(*) > 500 and count(distinct weighted) >= 8 and bool_and(filtered = weighted))::int from told;
SQL
ok $s "scores by weights are those of a filtered index" "$work/out"
# A passage found by the expression made once is that of the expression made for each sheet, whatever Markdown is around; so it is where only what begins as
# a word of the question does is read with the dictionaries.
s=0
sql >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public;
create temporary table read as
	select q, search_passage(i.sections, asked, search_any(asked)) as each_, search_passage(i.sections, asked, search_any(asked), search_pattern(asked)) as once,
		search_passage(i.sections, asked, search_any(asked), search_pattern(asked), search_spans(search_pattern(asked), q)) as spans
	from unnest(array['association', 'tiers-lieu', 'partenariat territoire', 'évaluer -carte', '"projet de territoire"', 'asso ou mécénat', 'et']) q
	cross join lateral (select search_query(q) as asked) a
	cross join lateral (
		(select s.sections from sheet s join sheet_index x on x.sheet_id = s.id where x.words @@ asked limit 60)
		union all
		select jsonb_build_object('a', m) from unnest(array['## L’association
- [le projet](https://exemple.example/a_b) de territoire, *évaluer*', '1. Un partenariat | un territoire
--- | ---', '![tiers-lieu](x.png) et **asso**, `mécénat`', '+ une association, voir https://exemple.example', 'Une association (loi 1901) - et 2. le reste', '']) m
	) i;
select q, count(*), count(once) as found, count(*) filter (where each_ is distinct from once or once is distinct from spans) as differ from read group by q;
select 1 / (count(once) > 200 and count(*) filter (where each_ is distinct from once or once is distinct from spans) = 0)::int from read;
SQL
ok $s "passages of an expression made once" "$work/out"

# Counts follow what changes, without counting all again.
sql >"$work/out" 2>&1 <<'SQL'
set search_path = catalyse, public;
update sheet set state = 'archivee' where id between 100100 and 100199;
update sheet set evidence = 4 where id between 100200 and 100260 and evidence = 0;
delete from sheet_term where sheet_id between 100300 and 100340;
select 1 / (count(*) > 100)::int from sheet_wide_change;
select sheet_wide_refresh(false);
select 1 / (count(*) = 0)::int from sheet_wide_change;
create temporary table before as table sheet_pair;
create temporary table bits as table sheet_bits;
create temporary table best as table sheet_best;
create temporary table stock as table place_stock;
select 1 / (not exists (select from stock s full join (select u.t as id, count(*)::int as n from sheet_index i, unnest(i.territories) u(t) group by 1) x
	on x.id = s.territory_id where s.sheets is distinct from x.n))::int;
select sheet_wide_refresh(true);
select 1 / (not exists ((table before except table sheet_pair) union all (table sheet_pair except table before)))::int;
select 1 / (not exists ((table bits except table sheet_bits) union all (table sheet_bits except table bits)))::int;
select 1 / (not exists ((table stock except table place_stock) union all (table place_stock except table stock)))::int;
select 1 / (not exists ((table best except table sheet_best) union all (table sheet_best except table best)))::int;
SQL
ok "$(grep -q ERROR "$work/out" && echo 1 || echo 0)" "counts that follow changes are those of a count of all" "$work/out"
# What other pages say of a large base: the same whether it was counted at the refresh or is counted now; territories like one, but for sheets that are in both.
s=0
{
	echo 'set search_path = catalyse, public; set plan_cache_mode = force_generic_plan; set jit = off;'
	awk -f "$here/prepare.awk" "$top"/sql/queries/{home_parts,territory_around,territory_alike}.sql
	cat <<'SQL'
begin;
create temporary table home as execute home_parts;
create temporary table around as execute territory_around(7);
create temporary table alike as execute territory_alike(7, null, 40, 6);
update sheet_wide_state set visible = 0;
create temporary table home_now as execute home_parts;
create temporary table around_now as execute territory_around(7);
create temporary table alike_now as execute territory_alike(7, null, 40, 6);
select 1 / ((count(*) >= 5 and sum(n) > 20000) is true)::int from home where part = 'kind';
select 1 / (not exists ((table home except table home_now) union all (table home_now except table home)))::int;
select 1 / ((sum(sheets) > 1000 and not exists ((table around except table around_now) union all (table around_now except table around))) is true)::int from around;
select 1 / ((count(*) > 0 and array_agg(id order by o2) filter (where part = 'territoire') = (select array_agg(id order by o2) filter (where part = 'territoire') from alike_now)) is true)::int from alike;
select 1 / (count(*) = 6 and not exists (select id from alike where part = 'fiche' except select id from alike_now where part = 'fiche'))::int from alike where part = 'fiche';
rollback;
SQL
} >"$work/pages.sql"
sql -f "$work/pages.sql" >"$work/out" 2>&1 || s=1
ok $s "home, around and alike: as counted now" "$work/out"
# All sheets are in the strings of a base of this size, as they come: totals and boxes of several filters are exact, and are not said about.
s=0
psql -XqAt -v ON_ERROR_STOP=1 >"$work/out" 2>&1 <<'SQL' || s=1
set search_path = catalyse, public; set catalyse.sample = '64000';
select sheet_wide_refresh(true);
select 1 / (k = 0 and visible > 20000)::int from sheet_wide_state;
create temporary table counted as
	select a.kind, a.place, w.value, w.n, w.about
	from (select kind, place from unnest('{methode,exemple,donnee,outil,competence}'::text[]) kind, unnest('{region:84,region:53,departement:69,departement:974,pays:FR}'::text[]) place) a
	cross join lateral sheet_wide(null, array[a.kind], null, null, null, null, null, null, null, null, array[a.place], null, null, null, null, null, null, 'pertinence', 1, 0, null, null) w
	where w.part = 0;
create temporary table held as select kind, place, i.sheet_id, i.vals from (select distinct kind, place from counted) c join sheet_index i on i.type = c.kind
	and case when c.place = 'pays:FR' then 3000000 + (select id from territory where type = 'pays') = any (i.vals)
	else i.territories && array(select id from territory where type || ':' || code = c.place) end;
select 1 / (count(*) > 1000 and bool_and(not about))::int from counted;
select 1 / (count(*) = 0)::int from counted c where c.value = 0 and c.n <> (select count(*) from held h where (h.kind, h.place) = (c.kind, c.place));
select 1 / (count(*) = 0)::int from counted c join sheet_value v on v.value = c.value and v.facet in ('theme', 'odd', 'profil', 'maturite')
	where c.n <> (select count(*) from held h where (h.kind, h.place) = (c.kind, c.place) and c.value = any (h.vals));
SQL
ok $s "a base whose sheets are all in the strings: totals and boxes of two filters are exact" "$work/out"
echo "1..$n"
exit $bad
