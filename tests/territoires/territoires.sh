#!/bin/bash
# The territories, whole and real, on a throw-away server: prepared from the packages, loaded, loaded again, then a second
# vintage made from the first. TAP. Prepared files: $CATALYSE_TERRITOIRES, else var/territoires (needs npm).
# With CATALYSE_SHARED_DATA, points are compared with the reference of that folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
build=${top_builddir:-$top}
catalyse=${CATALYSE_PROGRAM:-$build/catalyse}
if [ -w "$top" ]; then data=$top/var/territoires; else data=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/catalyse/territoires; fi
data=${CATALYSE_TERRITOIRES:-$data}
n=0 bad=0
is() { # NAME GOT WANTED
	n=$((n + 1))
	if [ "$2" = "$3" ]; then echo "ok $n - $1"; else bad=1; echo "not ok $n - $1"; printf '# got: %s\n# wanted: %s\n' "$2" "$3"; fi
}
[ -x "$catalyse" ] || { echo "Bail out! no $catalyse"; exit 1; }
"$top/tools/territoires/prepare" "$data" 2>&1 | sed 's/^/# /'
work=$(mktemp -d /tmp/catalyse-terr.XXXXXX)
trap '"$top/tools/cluster.sh" destroy "$work/pg" >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
chmod 755 "$work"
"$top/tools/cluster.sh" create "$work/pg" || { echo "Bail out! no server"; exit 1; }
eval "$("$top/tools/cluster.sh" env "$work/pg" catalyse)"
createdb catalyse
(cd "$top/sql" && sqitch deploy "$("$top/tools/cluster.sh" uri "$work/pg" catalyse)") >"$work/out" 2>&1 || { sed 's/^/# /' "$work/out"; echo "Bail out! no schema"; exit 1; }
CATALYSE_DATABASE=$("$top/tools/cluster.sh" conninfo "$work/pg" catalyse catalyse_ro)
CATALYSE_DATABASE_WRITE=$("$top/tools/cluster.sh" conninfo "$work/pg" catalyse catalyse_rw)
export CATALYSE_DATABASE CATALYSE_DATABASE_WRITE
sql() { psql -XqAt -v ON_ERROR_STOP=1 -c "set search_path to catalyse, public" -c "$1"; }
load() { "$catalyse" import territoires "$@" >"$work/out" 2>&1 && echo 0 || echo $?; }
statement() { # FILE TYPES ARGUMENTS: one of sql/queries, with a generic plan as the pages have it
	{
		echo "set search_path to catalyse, public; set plan_cache_mode to force_generic_plan; prepare s($2) as"
		grep -v '^--' "$top/sql/queries/$1.sql" | sed 's/;[ \t]*$//'
		echo "; ${4:-}execute s($3)"
	} | psql -XqAt -v ON_ERROR_STOP=1
}
suggest() { statement territory_suggest 'text, int' "\$q\$$1\$q\$, 10" | head -n 1 | cut -d'|' -f2,3,9; }
nearest() { statement territory_nearest 'float, float, text' "$1, $2, \$q\$${3-}\$q\$" | cut -d'|' -f3; }

# Refusals leave nothing behind
mkdir "$work/cut" && cp "$data"/*.tsv "$work/cut"
rm "$work/cut/traces.tsv"
is "a missing file is refused" "$(load "$work/cut")" 1
cp "$data/traces.tsv" "$work/cut"
grep -v "^commune	97410	" "$data/territoires.tsv" >"$work/cut/territoires.tsv"
is "a missing commune is refused" "$(load "$work/cut")" 1
printf 'region\tpas-un-code\n' >"$work/cut/territoires.tsv"
is "a broken row is refused" "$(load "$work/cut")" 1
is "nothing was kept" "$(sql 'select count(*) from territory')" 0

is "the load" "$(load "$data")" 0
is "counts" "$(sql "select (select count(*) from territory where type = 'region'), (select count(*) from territory where type = 'departement'),
	(select count(*) from territory where type = 'epci'), (select count(*) from epci_commune), (select count(*) from territory where type = 'commune'),
	(select count(*) >= 34966 from territory where type = 'commune' and point is not null),
	(select count(*) from territory where type = 'departement' and outline is not null and st_isvalid(outline)),
	(select count(*) from territory where type = 'region' and outline is not null and st_isvalid(outline))")" "18|101|1255|34871|34969|t|101|18"
is "every point within two kilometres of its département's box, drawn at 1:10 million" "$(sql "select count(*) from territory c join territory d on d.id = c.parent_id
	where c.type = 'commune' and d.outline is not null and not c.point && st_expand(box2d(d.outline)::geometry, 0.02)")" 0
is "nine points in a thousand at most out of their département's outline" "$(sql "select count(*) < 0.02 * 34969 from territory c
	join territory d on d.id = c.parent_id where c.type = 'commune' and d.outline is not null and not st_intersects(d.outline, c.point)")" t
is "Mamoudzou is in Mayotte" "$(sql "select round(st_x(point)), round(st_y(point)) from territory where type = 'commune' and code = '97611'")" "45|-13"
is "Les Abymes are in Guadeloupe" "$(sql "select st_dwithin(c.point, d.outline, 0.05) from territory c join territory d on d.id = c.parent_id
	where c.type = 'commune' and c.code = '97101'")" t
is "Alo is in Wallis et Futuna" "$(sql "select round(st_x(point)), round(st_y(point)) from territory where type = 'commune' and code = '98611'")" "-178|-14"
is "codes are text" "$(sql "select string_agg(code, ' ' order by code) from territory where type = 'commune' and code in ('01001', '2A004', '2B033')")" "01001 2A004 2B033"
is "a commune's circles" "$(sql "select string_agg(a.type || ':' || a.code, ' ' order by t.depth) from territory_tree t join territory c on c.id = t.territory_id
	join territory a on a.id = t.ancestor_id where c.type = 'commune' and c.code = '97410'")" "commune:97410 epci:249740093 departement:974 region:04 pays:FR"
is "names in sentences" "$(sql "select string_agg(name_in || ', ' || name_of, ' ; ' order by type, code) from territory where (type, code) in
	(('region', '04'), ('region', '53'), ('departement', '69'), ('departement', '35'), ('commune', '76351'), ('commune', '97101'))")" \
	"au Havre, du Havre ; aux Abymes, des Abymes ; en Ille-et-Vilaine, d'Ille-et-Vilaine ; dans le Rhône, du Rhône ; à La Réunion, de La Réunion ; en Bretagne, de Bretagne"
is "former communes lead somewhere current" "$(sql "select count(*) > 3000, count(*) filter (where t.valid_to is not null) from territory_former f join territory t on t.id = f.successor_id")" "t|0"
is "the map of France is light" "$(sql "select sum(length(path)) <= 46000, count(*) from territory_shape h join territory t on t.id = h.territory_id
	where h.frame = 'france' and t.type = 'departement'")" "t|96"
is "no two neighbours of one tint" "$(sql "select count(*) from territory a join territory b on a.id < b.id and a.type = 'departement' and b.type = 'departement'
	and a.outline && b.outline and st_length(st_intersection(a.outline, b.outline)) > 0.01
	join territory_shape x on x.territory_id = a.id and x.frame = 'france' join territory_shape y on y.territory_id = b.id and y.frame = 'france'
	where x.tint = y.tint")" 0
is "a point on the map falls in its département's part" "$(sql "select max(abs((territory_project('france', d.point))[0] - h.x)) < 60 from territory d
	join territory_shape h on h.territory_id = d.id and h.frame = 'france' where d.type = 'departement'")" t
is "an inset holds its communes" "$(sql "select count(*) from territory c join territory d on d.id = c.parent_id, lateral territory_project('inset:974', c.point) p
	where d.code = '974' and c.type = 'commune' and not (p[0] between -20 and 1020 and p[1] between -20 and 1020)")" 0

for q in 'saint benoit 974' 'St-Benoît' 97470 97410 'Saint-Benoît (974)' 'SAINT  BENOIT' 'saint-benoi 974'; do
	is "suggest: $q" "$(suggest "$q")" "commune|97410|Saint-Benoît (974)"
done
is "suggest: havre" "$(suggest havre)" "commune|76351|Le Havre (76)"
is "suggest: strazbourg" "$(suggest strazbourg)" "commune|67482|Strasbourg (67)"
is "suggest: ille et vilaine" "$(suggest 'ille et vilaine')" "departement|35|Ille-et-Vilaine (35)"
is "suggest: bretagne" "$(suggest bretagne)" "region|53|Bretagne (région)"
is "suggest: 75101 leads to Paris" "$(suggest 75101)" "commune|75056|Paris (75)"
is "suggest: nothing typed" "$(suggest ' -- ')" ""
is "nearest to Saint-Benoît" "$(nearest 55.7128 -21.0339)" 97410
is "nearest to Strasbourg" "$(nearest 7.7521 48.5734)" 67482
is "nearest to a point of Meudon that is nearer to the middle of Vélizy" "$(nearest 2.2206 48.7868)" 78640
is "the commune that is named" "$(nearest 2.2206 48.7868 meudon)" 92048
is "a name of elsewhere is not looked for" "$(nearest 2.2206 48.7868 Lyon)" 78640
is "nearest uses the index" "$(statement territory_nearest 'float, float, text' "2.3, 48.8, ''" 'explain ' | grep -c 'using territory_point_idx')" 1

if [ -n "${CATALYSE_SHARED_DATA:-}" ]; then
	is "points agree with the reference" "$({
		echo "create temp table r (code text, nom text, departement text, region text, population text, lat float, lon float, source text);"
		echo "\\copy r from '$CATALYSE_SHARED_DATA/territoires/communes_geo.tsv' with (format csv, delimiter E'\\t', header, null '')"
		echo "select count(*) filter (where t.id is null), count(*) filter (where st_distancesphere(t.point, st_setsrid(st_makepoint(r.lon, r.lat), 4326)) > 15000) < 12
			from r left join catalyse.territory t on t.type = 'commune' and t.code = r.code and t.name = r.nom;"
	} | psql -XqAt)" "0|t"
fi

ids() { sql "select md5(string_agg(id || type || code || xmin, ',' order by id)) from territory where type <> 'pays' and outline is null"; }
before=$(ids)
is "the same load again" "$(load "$data")" 0
is "wrote no row of territory" "$(ids)" "$before"

# A second vintage: Saint-Benoît (04) joins Annot, the EPCI of Saint-Benoît (974) changes its number
mkdir "$work/next"
for f in territoires epci_commune; do
	sed 's/2026$/2027/' "$data/$f.tsv" | grep -v '^commune	04174	\|	04174	' | sed 's/249740093/999740093/' >"$work/next/$f.tsv"
done
cp "$data"/traces.tsv "$data"/cadres.tsv "$data"/sources.tsv "$work/next"
{ cat "$data/anciennes.tsv"; printf 'commune\t04174\tSaint-Benoît\t04008\tcommune déléguée\n'; } >"$work/next/anciennes.tsv"
awk -F'\t' -v OFS='\t' '$1 ~ /^(epci_commune|commune|commune_point)$/ { $2-- } 1' "$data/comptes.tsv" >"$work/next/comptes.tsv"
kept=$(sql "select id from territory where type = 'commune' and code = '97410'")
is "a second vintage over the first" "$(load "$work/next")" 0
sed 's/^/# /' "$work/out"
is "ids are stable" "$(sql "select id from territory where type = 'commune' and code = '97410'")" "$kept"
is "what is gone is closed and redirected" "$(sql "select t.type, t.code, t.valid_to, s.code from territory t join territory_former f using (type, code)
	join territory s on s.id = f.successor_id where t.valid_to is not null order by 1")" "commune|04174|2027-01-01|04008
epci|249740093|2027-01-01|999740093"
is "the old vintage is refused" "$(load "$data")" 1
is "the new one is still there" "$(sql "select count(*) from territory where valid_to is null and vintage = 2027 and type = 'commune'")" 34968
echo "1..$n"
exit $bad
