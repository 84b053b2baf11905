#!/usr/bin/env bash
# make bench: rungs (ratios of one run on one machine, three interleaved rounds, medians), then the profiles (midi.sh, crawl.sh, contributors.sh) on
# the same site, then the plan for ten million visitors a day from those figures and plan.tsv; writes docs/performance.md.
#   tests/bench/run.sh [--build DIR] [--seconds N] [--rounds N] [--profile-seconds N|none] [--doc FILE|none] [--keep]
# Everything is private and lives under BUILD/tests/bench/run: PostgreSQL (without fsync), two instances of catalysed with
# 8 threads each, nginx with the shipped snippets, PHP-FPM, libfcgi's own accept loop. What is fetched once is kept by the demo.
# Never a timed test: it exits 0 when everything could be measured, whatever the ratios.
set -euo pipefail
export LC_ALL=C.UTF-8
top=$(cd "$(dirname "$0")/../.." && pwd)
me=bench build=$PWD seconds=6 rounds=3 profile=20 doc=$top/docs/performance.md keep=
while [ $# -gt 0 ]; do
	case $1 in
	--build) build=$2; shift ;;
	--seconds) seconds=$2; shift ;;
	--rounds) rounds=$2; shift ;;
	--profile-seconds) profile=$2; shift ;;
	--doc) doc=$2; shift ;;
	--keep) keep=yes ;;
	*) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
	esac
	shift
done
build=$(cd "$build" && pwd)
var=$build/tests/bench/run
run=$var/bench
threads=8 instances=2 connections=32
list='/fiches?type=exemple'
whole='/fiches?territoire=departement:974&territoire=pays:FR'
browser='Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' # a program that says nothing of itself is held to 20 requests a second
visitor='165.169.1.1' # an address of La Réunion in the demo's database
. "$top/tests/bench/lib.sh"

[ -x "$build/catalysed" ] && [ -x "$build/catalyse" ] || fail "not built: run make first"
missing=
for p in wrk:wrk php-fpm8.2:php8.2-fpm /usr/lib/php/20220829/pdo_pgsql.so:php8.2-pgsql curl:curl jq:jq; do
	case $p in /*) [ -e "${p%%:*}" ] ;; *) PATH=$PATH:/usr/sbin command -v "${p%%:*}" >/dev/null ;; esac || missing="$missing ${p##*:}"
done
if [ -n "$missing" ]; then
	[ "$(id -u)" = 0 ] || fail "missing packages:$missing"
	say "Installing$missing"
	# A service must not start on this machine for a measure.
	DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends $missing >"$build/bench-apt.log" 2>&1 ||
		fail "apt-get install$missing (see $build/bench-apt.log)"
fi
PATH=$PATH:/usr/sbin
pgbench=/usr/lib/postgresql/15/bin/pgbench
[ -x $pgbench ] || pgbench=pgbench

pids=()
cleanup() {
	local p
	for p in "${pids[@]}"; do kill -TERM "$p" 2>/dev/null || true; done
	[ -n "$keep" ] || "$top/tools/demo" reset --var "$var" --build "$build" >/dev/null 2>&1 || true
}
trap cleanup EXIT

# --- the site, as the demo starts it, with 8 threads ------------------------------------------------------------------
fresh
rm -rf "$run"
mkdir -p "$run/tmp"
demo=$(free_port 18600)
CATALYSE_THREADS=$threads "$top/tools/demo" start --var "$var" --build "$build" --port "$demo" --throwaway
sock=$(cat "$var/sockets")
port=$(free_port 18700)
alone=$(free_port $((port + 1)))
bare=$(free_port $((alone + 1)))
conninfo=$("$top/tools/cluster.sh" conninfo "$var/postgresql" catalyse catalyse_ro)
# PDO wants its pairs separated by semicolons, without quotes.
dsn="pgsql:$(echo "$conninfo" | tr -d "'" | tr ' ' ';')"
psql_ -c 'vacuum analyze'

# --- libfcgi's own accept loop, PHP-FPM -------------------------------------------------------------------------------
cc -O2 -o "$run/stock_fcgi" "$top/tests/bench/stock_fcgi.c" -lfcgi -lpthread
"$run/stock_fcgi" "$run/stock.sock" $((threads * instances)) &
pids+=($!)
echo $! >"$run/stock.pid"

cat >"$run/php-fpm.conf" <<CONF
[global]
error_log = $run/php-fpm.log
daemonize = no
[www]
listen = $run/php.sock
listen.mode = 0666
pm = static
pm.max_children = $((threads * instances))
php_admin_value[error_log] = $run/php.log
CONF
[ "$(id -u)" != 0 ] || printf 'user = root\ngroup = root\n' >>"$run/php-fpm.conf"
php-fpm8.2 -y "$run/php-fpm.conf" $([ "$(id -u)" != 0 ] || echo -R) -d opcache.enable=1 -d opcache.validate_timestamps=0 -d display_errors=0 2>"$run/php-start.log" &
pids+=($!)
echo $! >"$run/php.pid"
sql=$(sed -E '/^--/d; s/[[:space:]]+--[^'"'"']*$//' "$top/sql/queries/sheet_list.sql")
{ echo "<?php return <<<'SQL'"; printf '%s\n' "$sql" | sed -E 's/\$([0-9]+)/:p\1/g'; echo "SQL;"; } >"$run/sheet_list.php"

# --- nginx: the shipped site on one port; the same application, PHP and files one by one on another --------------------
ln -sfn "$top/nginx/snippets" "$run/catalyse"
sed 's/^fastcgi_keep_conn on;/fastcgi_keep_conn off;/' "$top/nginx/snippets/fastcgi.conf" >"$run/fastcgi-one.conf"
user=
[ "$(id -u)" != 0 ] || user='user root;'
sed -e "s|@RUN@|$run|g; s|@SOCK@|$sock|g; s|@PORT@|$port|g; s|@ACTIFS@|$build/gen/assets|g; s|@ERREURS@|$top/nginx/erreurs|g; s|@DONNEES@|$run/donnees|g; s|@USER@|$user|g" \
	-e 's|^\(.*access_log .* catalyse\);|\1 buffer=32k flush=5s;|; s|daemon on|daemon off|' -e '$d' \
	-e "s|include catalyse/site.conf;|& location ^~ /bloc/ { alias $run/donnees/; include catalyse/entetes.conf; add_header Access-Control-Allow-Origin *; add_header Cache-Control \"public, max-age=300\"; }|" "$top/nginx/nginx.demo.conf.in" >"$run/nginx.conf"
cat >>"$run/nginx.conf" <<CONF
	upstream stock { server unix:$run/stock.sock; }
	upstream php { server unix:$run/php.sock; }
	server {
		listen 127.0.0.1:$alone;
		server_name _;
		access_log $run/nginx-acces.log catalyse buffer=32k flush=5s;
		server_tokens off;
		charset utf-8;
		include catalyse/delais.conf;
		include catalyse/compression.conf;
		location / { include catalyse/fastcgi.conf; fastcgi_pass catalyse; }
		location = /stock { include $run/fastcgi-one.conf; fastcgi_pass stock; }
		location = /php/fiches {
			include $run/fastcgi-one.conf;
			fastcgi_param SCRIPT_FILENAME $top/tests/bench/php/fiches.php;
			fastcgi_param BENCH_DIR $run;
			fastcgi_param BENCH_DSN "$dsn";
			fastcgi_pass php;
		}
	}
	# nginx with nothing of ours: a file, and its cache in front of the application.
	server {
		listen 127.0.0.1:$bare;
		server_name _;
		access_log $run/nginx-acces.log combined buffer=32k flush=5s;
		location / {
			include /etc/nginx/fastcgi_params;
			fastcgi_keep_conn on;
			fastcgi_cache catalyse_pages;
			fastcgi_cache_key \$scheme\$http_host\$request_uri;
			fastcgi_cache_revalidate on;
			fastcgi_ignore_headers Vary;
			fastcgi_pass catalyse;
		}
		location /statique/ { alias $run/statique/; }
	}
}
CONF
nginx -p "$run" -c "$run/nginx.conf" -e "$run/nginx-erreurs.log" &
pids+=($!)
site=http://127.0.0.1:$port apart=http://127.0.0.1:$alone plain=http://127.0.0.1:$bare
for ((n = 0; n < 100; n++)); do curl -fsS -o /dev/null "$apart/live" 2>/dev/null && break; sleep 0.1; done

# --- the same bytes everywhere ------------------------------------------------------------------------------------------
mkdir -p "$run/donnees"
ln -sfn donnees "$run/statique"
curl -fsS "$apart$list" >"$run/list.html" || fail "no list: $list"
curl -fsS "$apart$whole" >"$run/donnees/page.html" || fail "no list: $whole"
split() { awk -v part="$1" '/^<main /{m=1} {if (part=="head" && !done) print; if (/^<main /) done=1} /^<\/main>/{f=1} {if (part=="foot" && f) print}' "$run/list.html"; }
for part in head foot; do { printf "<?php return <<<'HTML'\n"; split $part; printf 'HTML;\n'; } >"$run/$part.php"; done
curl -fsS "$apart/php/fiches?${list#*\?}" >"$run/php.html" || { cat "$run"/php*.log >&2; fail "no list from PHP"; }
bytes=$(wc -c <"$run/list.html") php_bytes=$(wc -c <"$run/php.html") page_bytes=$(wc -c <"$run/donnees/page.html")
shown=$(grep -o '<article class="rangee">' "$run/list.html" | wc -l)
[ "$shown" = 20 ] || say "bench: the list shows $shown sheets, not 20"
titles() { grep -o '<h3><a href="[^"]*' "$1"; }
[ "$(titles "$run/list.html")" = "$(titles "$run/php.html")" ] || fail "PHP and C do not list the same sheets"
[ "$(grep -c 'include virtual' "$run/donnees/page.html")" = 0 ] || fail "$whole has a fragment"
home_bytes=$(curl -fsS -H "X-Forwarded-For: $visitor" "$site/" | wc -c)
sheet=$(grep -o '/fiches/[a-z0-9-]*-[0-9]*' "$run/list.html" | head -n 1)
etag=$(curl -fsS -o /dev/null -D - "$apart$list" | sed -n 's/^ETag: *\(.*\)\r$/\1/p')
[ -n "$etag" ] || fail "no ETag: $list"

# pgbench's -M prepared binds no NULL and no array: the statement is prepared once a session with its twenty parameters and
# executed with their values; :MI and the like would be read as variables, so that colons in constants are written \003A.
{
	printf '\\if :ready = 0\nprepare sheet_list (text, text[], text[], text[], text[], text[], text[], int[], text[], text[], text[], int[], date, date, float8, float8, float8, text, int, int, text, int) as\n'
	printf '%s\n' "$sql" | sed -e "s/'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'/U\&'YYYY-MM-DD\"T\"HH24\\\\003AMI\\\\003ASS\"Z\"'/g; s/'pays:FR'/U\&'pays\\\\003AFR'/g" | sed '/^[[:space:]]*$/d; $s/;*[[:space:]]*$/;/'
	printf '\\set ready 1\n\\endif\n'
	echo "execute sheet_list(null, '{exemple}', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null);"
} >"$run/list.sql"

# --- processor time: what other work on the machine takes from the clock, it does not take from this ---------------------
# Runs a load and keeps how many microseconds of processor each of its requests cost, by family, and in all, the client's included.
weighed() { # COUNT_PATTERN OUT COMMAND...
	local pattern=$1 out=$2 n
	shift 2
	costing "$out" "$@"
	n=$(awk -v pattern="$pattern" '$0 ~ pattern { n = $1 ~ /^[0-9]+$/ ? $1 : $NF } END { print n + 0 }' "$out")
	[ "$n" -gt 0 ] || return 0
	echo "$(each "$split" "$n")" >>"$run/split_$name"
	tail -n 1 "$run/split_$name" | awk '{ print $1 + $2 + $3 + $5 }' >>"$run/cpu_$name"
}

# The load generator and the site share the cores here, and nowhere else. Woken at each answer, it would take the core from nginx in the middle of a round:
# as a batch it waits for its turn (sched(7)), for every measure alike, pgbench's too.
apart_from='chrt --batch 0'

# --- measures -----------------------------------------------------------------------------------------------------------
wrk_() { # URL [HEADER...]
	local url=$1 h headers=()
	shift
	for h; do headers+=(-H "$h"); done
	curl -fsS -o "$run/once" "${headers[@]}" "$url" || fail "no answer: $url"
	weighed 'requests in' "$run/wrk.out" $apart_from wrk -t 2 -c $connections -d "${secs:-$seconds}s" -H "User-Agent: $browser" "${headers[@]}" "$url"
	if grep -qE 'Non-2xx|Socket errors' "$run/wrk.out"; then say "$url: $(grep -E 'Non-2xx|Socket errors' "$run/wrk.out" | tr -s ' ')"; errors=$((errors + 1)); fi
	awk '/Requests\/sec/ { print $2 }' "$run/wrk.out" >>"$run/$name"
}
pgbench_() {
	weighed 'actually processed' "$run/pgbench.out" \
		$apart_from $pgbench -n -M prepared -D ready=0 -f "$run/list.sql" -c $((threads * instances)) -j 2 -T "${secs:-$seconds}" "$conninfo"
	awk '/^tps/ { print $3 }' "$run/pgbench.out" >>"$run/$name"
}
rss() { # beyond the IP database, in kB, the larger of the instances
	local i
	for ((i = 1; i <= instances; i++)); do
		awk '/^[0-9a-f]+-[0-9a-f]+ /{ db = /mmdb/ } /^Rss:/{ if (!db) n += $2 } END { print n }' "/proc/$(cat "$var/catalysed-$i.pid")/smaps"
	done | sort -n | tail -n 1
}
pss() { # of a family, in MiB: what is shared is counted once
	local p
	for p in $(family "$1"); do cat "/proc/$p/smaps_rollup" 2>/dev/null || true; done | awk '/^Pss:/ { n += $2 } END { printf "%.0f", n / 1024 }'
}
measure() {
	name=$1
	case $1 in
	list) wrk_ "$apart$list" ;;
	memory) # of the list, in a load of its own: reading the maps of all these processes takes several hundredths of it
		wrk_ "$apart$list" &
		load=$!
		sleep "$(awk -v s="${secs:-$seconds}" 'BEGIN { print s / 2 }')"
		rss >>"$run/rss"
		for f in postgresql catalysed nginx; do pss $f >"$run/pss_$f"; done
		wait $load
		;;
	pgbench) pgbench_ ;;
	php) wrk_ "$apart/php/fiches?${list#*\?}" ;;
	cached) wrk_ "$site$whole" ;;
	static) wrk_ "$site/donnees/page.html" ;;     # by the site as it is shipped: the same limits and journal as the kept page
	static_piece) wrk_ "$site/bloc/page.html" ;;  # the same file, sent in one piece, as pages are
	static_bare) wrk_ "$plain/statique/page.html" ;; # a file and a page by nginx with nothing of ours
	cached_bare) wrk_ "$plain$whole" ;;
	home) wrk_ "$site/" "X-Forwarded-For: $visitor" ;;
	home_chosen) wrk_ "$site/" "Cookie: territoire=departement:974" ;;
	live) wrk_ "$apart/live" ;;
	stock) wrk_ "$apart/stock" ;;
	cached_gzip) wrk_ "$site$whole" 'Accept-Encoding: gzip' ;;
	home_gzip) wrk_ "$site/" "X-Forwarded-For: $visitor" 'Accept-Encoding: gzip' ;;
	search) wrk_ "$apart/fiches?q=jardin" ;;
	sheet) wrk_ "$apart$sheet" ;;
	revalidated) wrk_ "$apart$list" "If-None-Match: $etag" ;;
	esac
}
errors=0
rungs='list pgbench php cached static static_piece home home_chosen live stock'
more='memory static_bare cached_bare cached_gzip home_gzip search sheet revalidated' # half as long: no ratio is made of them
all="$rungs $more"
say "Warming up"
read -r busy _ </proc/loadavg
for m in $all; do secs=$((seconds < 2 ? seconds : 2)) measure "$m"; done
for m in $all rss; do rm -f "$run/$m" "$run/cpu_$m" "$run/split_$m"; done
errors=0
for ((r = 1; r <= rounds; r++)); do
	for m in $all; do
		case " $more " in *" $m "*) secs=$(((seconds + 1) / 2)) ;; *) secs= ;; esac
		measure "$m"
		say "round $r: $(printf '%-12s' "$m") $(tail -n 1 "$run/$m")"
	done
done
median() { sort -n "$run/$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
medians() { # NAME: of each column of split_NAME
	local c
	for c in 1 2 3 4 5; do cut -d' ' -f$c "$run/split_$1" | sort -n | awk '{ v[NR] = $1 } END { printf "%.1f ", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; done
}
spread() { sort -n "$run/$1" | awk '{ v[NR] = $1 } END { printf "%.0f to %.0f", v[1], v[NR] }'; }
plan=$(PGOPTIONS='-c plan_cache_mode=force_generic_plan' psql_ -c 'set search_path = catalyse, public' -c "$(sed -n '/^prepare/,/;$/p' "$run/list.sql")" \
	-c "explain (analyze, costs off, timing off, summary) $(sed -n '$p' "$run/list.sql")" |
	awk '/^Planning Time/ { p = $3 } /^Execution Time/ { e = $3 } END { print p, e }')

ratio() { # WHAT A B [TARGET]
	awk -v w="$1" -v a="$(median "$2")" -v b="$(median "$3")" -v t="${4-}" 'BEGIN {
		printf "| %s | %.0f | %.0f | %.2f | %s | %s |\n", w, a, b, a / b, t == "" ? "" : ">= " t, t == "" ? "" : a / b >= t ? "pass" : "short" }'
}
over() { awk -v a="$(median "$1")" -v b="$(median "$2")" 'BEGIN { printf "%.2f", a / b }'; } # A B
cost() { # WHAT A B TARGET: what B costs over what A costs
	awk -v w="$1" -v a="$(median "cpu_$2")" -v b="$(median "cpu_$3")" -v t="$4" 'BEGIN {
		printf "| %s | %.1f | %.1f | %.2f | %s %s |\n", w, a, b, b / a, b / a >= t ? "above" : "below", t }'
}
table() {
	echo "| Compared | req/s | with, req/s | Ratio | Target | |"
	echo "|---|---:|---:|---:|---:|---|"
	ratio "List of 20 filtered, cache off / the same statement in pgbench" list pgbench 0.9
	ratio "List of 20 filtered, cache off / the same page in PHP-FPM" list php 2.5
	ratio "Page from nginx's cache, no fragment / static file of that size, as the site sends dumps (sendfile)" cached static 0.9
	ratio "Page from nginx's cache, no fragment / the same file, as the site sends pages and assets (in one piece)" cached static_piece
	ratio "Home with its near-you fragment, located by address / trivial handler" home live 0.3
	ratio "Trivial handler / stock libfcgi accept loop" live stock 2
	awk -v m="$(median rss)" 'BEGIN { printf "| Memory of an instance under load, beyond the IP database | %.1f MiB | | | <= 40 MiB | %s |\n", m / 1024, m <= 40960 ? "pass" : "short" }'
}
table | tee "$run/table" >&2
[ "$errors" = 0 ] || say "bench: $errors measures had errors (above)"

# --- what the plan needs besides ------------------------------------------------------------------------------------------
figures=$run/figures
: >"$figures"
for m in $all; do figure_split "$m" "$(medians "$m")"; done
for f in postgresql catalysed nginx; do figure "mem.$f" "$(cat "$run/pss_$f")"; done
figure mem.instance "$(awk -v m="$(median rss)" 'BEGIN { printf "%.1f", m / 1024 }')"
figure mem.ipdb "$(cat $(sed -n 's/^IPDB_V[46]=//p' "$var/catalyse.conf") | wc -c | awk '{ printf "%.0f", $1 / 1048576 }')"
sent() { curl -fsS -o /dev/null -H 'Accept-Encoding: gzip' -H "X-Forwarded-For: $visitor" -w '%{size_download}' "$1"; }
figure bytes.home_gzip "$(sent "$site/")"
figure bytes.list_gzip "$(sent "$site$whole")"
curl -fsS "$site/" | grep -o '"/actifs/[^"]*"' | tr -d '"' | sort -u >"$run/actifs" # of the stylesheet itself nothing more is asked: letters are named by the page
figure assets.count "$(wc -l <"$run/actifs")"
figure assets.bytes "$(while read -r f; do sent "$site$f"; echo; done <"$run/actifs" | awk '{ n += $1 } END { print n + 0 }')"
sleep 6 # past the flush of the journal
line() { awk '{ n += length($0) + 1 } END { printf "%.0f", (NR ? n / NR : 0) }' "$@"; }
figure log.nginx "$(tail -n 100000 "$run/nginx-acces.log" | line)"
figure log.catalysed "$(cat "$var"/log/catalysed-[12].log | grep '"msg":"request"' | tail -n 100000 | line)"
# The signature of a certificate (P-256) and both halves of the exchange of keys (X25519), in microseconds: what TLS adds to a connection, at least.
openssl speed -seconds 1 ecdsap256 ecdhx25519 2>/dev/null | awk '/nistp256/ { s = $(NF - 1) } /X25519/ { d = $NF } END { if (s > 0 && d > 0) printf "tls.handshake\t%.1f\n", 1e6 / s + 2e6 / d }' >>"$figures"
base=$(sed -n 's/^| 1 000 000 |[^|]*|[^|]*| \([0-9]* MB\) |.*/\1/p' "$top/docs/performance-echelle.md" 2>/dev/null | head -n 1)
[ -z "$base" ] || figure scale.base "$base"
# Of a list and of a search in a base of a million, by PostgreSQL alone: the median of 8 sessions that shared the cores there were.
scale_cost() { # KIND NAME
	awk -F ' *[|] *' -v k="$1" -v n="scale.$2" '/^\| 1 000 000 / && $3 == 8 && $4 == k && $10 != "" { ms = $10 } /^- [0-9]+ cores/ { split($0, w, " "); cores = w[2] }
		END { if (ms && cores) printf "%s\t%.0f\n", n, ms * 1000 * cores / 8 }' "$top/docs/performance-echelle.md" 2>/dev/null >>"$figures" || true
}
scale_cost liste list
scale_cost texte search

# --- the profiles, on the same site ---------------------------------------------------------------------------------------
if [ "$profile" != none ]; then
	for p in midi crawl contributors; do
		say "Profile: $p"
		BENCH_VAR=$var BENCH_SITE=http://127.0.0.1:$demo FIGURES=$figures "$top/tests/bench/$p.sh" --build "$build" --seconds "$profile" --doc "$run/$p.md" ||
			fail "the profile $p could not be measured"
	done
	awk -f "$top/tests/bench/plan.awk" "$top/tests/bench/plan.tsv" "$figures" >"$run/plan.md" || fail "no plan"
fi
[ "$doc" != none ] || exit 0
row() { # NAME LABEL
	read -r pg ca ng other cl <<<"$(medians "$1")"
	awk -v l="$2" -v a="$pg" -v b="$ca" -v c="$ng" -v d="$other" -v e="$cl" 'BEGIN { printf "| %s | %.1f | %.1f | %.1f | %s | **%.1f** | %.1f |\n", l, a, b, c, (d > 0 ? sprintf("%.1f", d) : ""), a + b + c + d, e }'
}
scale() { # the table of targets of the last bench-scale
	[ -s "$top/docs/performance-echelle.md" ] || { echo "No measure yet: \`make bench-scale\`."; return; }
	sed -n 's/^Written by .* on \([0-9-]*\)\..*/Measured on \1:/p' "$top/docs/performance-echelle.md"
	echo
	sed -n '/^| Target |/,/^$/p' "$top/docs/performance-echelle.md"
}
short=$(grep -c '| short |' "$run/table" || true)
{
	cat <<DOC
# Performance

Written by \`make bench\` (tests/bench/run.sh) in one go, on $(date -u +%Y-%m-%d): everything on one machine, in one run, $rounds interleaved
rounds of $seconds s a measure after a warm-up, medians. Ratios are what counts; req/s are those of this machine, which also runs
the load generator. Another machine, where some are missed: [performance-autre-machine.md](performance-autre-machine.md).

$(cat "$run/table")

$(if [ "$short" = 0 ]; then echo "Every target is reached."; else
	echo "$short of the 6 targets fall short:"; echo
	grep '| short |' "$run/table" | awk -F' *[|] *' '{ if ($5 != "") printf "- %s: %s, target %s.\n", $2, $5, $6; else printf "- %s: %s, target %s.\n", $2, $3, $6 }'; fi)
$([ "$errors" = 0 ] && printf "\nNo request failed.\n" || printf "\nIn %d of the %d measures some request failed or took over 2 s.\n" "$errors" $((rounds * $(echo $all | wc -w))))

## Processor time

Microseconds of processor of one request, in the same run: what the clock cannot say when the machine does other work. The load generator is apart: it
is no part of the site.

| Measure | PostgreSQL | catalysed | nginx | PHP, stock loop | All that answer | Load generator |
|---|---:|---:|---:|---:|---:|---:|
$(row list "List of 20 filtered, cache off")
$(row pgbench "The same statement, pgbench -M prepared")
$(row php "The same page, PHP-FPM and PDO")
$(row cached "Page from nginx's cache")
$(row cached_gzip "Page from nginx's cache, compressed by nginx")
$(row static "Static file of that size, by the same site")
$(row static_piece "The same, sent in one piece as pages are")
$(row cached_bare "Page from nginx's cache, nginx with nothing of ours")
$(row static_bare "Static file of that size, nginx with nothing of ours")
$(row home "Home with its fragment, located by address")
$(row home_gzip "Home with its fragment, compressed by nginx")
$(row home_chosen "Home with its fragment, place chosen (cookie)")
$(row search "Search with a word (\`/fiches?q=jardin\`), cache off")
$(row sheet "Sheet, cache off")
$(row revalidated "List asked again by its ETag: nothing has changed (304)")
$(row live "Trivial handler")
$(row stock "Stock libfcgi accept loop")

The same as ratios, everything counted, the load generator included:

| Compared | µs | with, µs | Ratio | |
|---|---:|---:|---:|---|
$(cost "List of 20 filtered / the same statement in pgbench" list pgbench 0.9)
$(cost "Home with its fragment, located by address / trivial handler" home live 0.3)

## The machine

- $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(awk '/MemTotal/ { printf "%.1f GiB", $2 / 1048576 }' /proc/meminfo) of memory
- Linux $(uname -r | cut -d- -f1), $(. /etc/os-release; echo "$PRETTY_NAME"), $(cc --version | head -n 1 | awk '{ print "gcc", $NF }'), $(nginx -v 2>&1 | sed 's/.*nginx\//nginx /'), $(psql --version | awk '{ print "PostgreSQL", $3 }'), $(php-fpm8.2 -v | awk 'NR == 1 { print "PHP", $2 }') with opcache
- $instances instances of catalysed with $threads threads, $((threads * instances)) PHP-FPM children, $((threads * instances)) threads of the stock loop, $((threads * instances)) clients of pgbench; wrk -t 2 -c $connections
- Data: $(psql_ -c "select count(*) from catalyse.sheet_index") sheets, $(psql_ -c "select count(*) from catalyse.territory where valid_to is null") territories. PostgreSQL without fsync, 64 MB of shared buffers.
- Load average before the first measure: $busy (what else the machine was doing takes its share of every measure).

## What is measured

| Measure | Median, req/s | Lowest to highest |
|---|---:|---:|
| List of 20 filtered, cache off (\`$list\`, $bytes bytes) | $(median list | cut -d. -f1) | $(spread list) |
| The same statement, pgbench -M prepared | $(median pgbench | cut -d. -f1) | $(spread pgbench) |
| The same page, PHP-FPM and PDO ($php_bytes bytes) | $(median php | cut -d. -f1) | $(spread php) |
| Page from nginx's cache (\`$whole\`, $page_bytes bytes) | $(median cached | cut -d. -f1) | $(spread cached) |
| Static file of $page_bytes bytes, by the same site | $(median static | cut -d. -f1) | $(spread static) |
| The same, sent in one piece as pages are | $(median static_piece | cut -d. -f1) | $(spread static_piece) |
| Page from nginx's cache, nginx with nothing of ours | $(median cached_bare | cut -d. -f1) | $(spread cached_bare) |
| Static file of $page_bytes bytes, nginx with nothing of ours | $(median static_bare | cut -d. -f1) | $(spread static_bare) |
| Home with its fragment, located by address ($home_bytes bytes) | $(median home | cut -d. -f1) | $(spread home) |
| Home with its fragment, place chosen (cookie) | $(median home_chosen | cut -d. -f1) | $(spread home_chosen) |
| Trivial handler (\`/live\`) | $(median live | cut -d. -f1) | $(spread live) |
| Stock libfcgi accept loop | $(median stock | cut -d. -f1) | $(spread stock) |

- The list is the page alone: one statement, no cache, no fragment (SSI off), no compression asked; PHP goes through the same nginx.
- The load generator and pgbench run as batch work (chrt --batch): else they would take a core from the server at each answer. All measures alike.
- pgbench executes the same text with the same twenty parameters: prepared once a session (PREPARE, then EXECUTE under -M prepared,
  which binds neither NULL nor arrays), by the same role, hence with the same generic plan. First call of a session, alone: planning
  ${plan% *} ms, execution ${plan#* } ms.
- PHP prepares the statement at each request, as PDO does, over a persistent connection; it is told the head and foot of the page
  as constant text and sets no French typography, which spares it work.
- The cached page goes through the site as shipped: the list of a territory has no fragment, hence no SSI. So does the static file, a dump of the
  same size, sent by sendfile as dumps are, and as nginx comes: the target is for that file, under the same limits, headers and journal. The page itself is read and
  sent in one piece with its headers (sendfile off), which is cheaper at this size: the same file sent so costs nginx less than by sendfile
  (« Processor time »).
  The second row tells that: the page is $(over cached static_piece) of such a file. The difference is what a cache does for each answer and a file is spared: its key, the
  headers kept with the page read again (that of its other formats is long), the id of the request and the maps that look at these headers. With an nginx with nothing of ours, sendfile for both, the
  page is $(over cached_bare static_bare) of the file. The home page comes from the cache through SSI, its fragment
  from the application, for a visitor of La Réunion.
- The stock loop is given one connection a request, its best set-up behind nginx: with kept connections, idle ones pin its threads.
- Memory: resident pages of the larger instance in the middle of a load on the list that is not among the measures, without those of its copy in memory of the
  two IP databases.

DOC
	if [ "$profile" != none ]; then
		for p in midi crawl contributors; do cat "$run/$p.md"; echo; done
		cat "$run/plan.md"
		echo
	fi
	cat <<DOC
## Larger bases

By \`make bench-scale\`, whole in [performance-echelle.md](performance-echelle.md). $(scale)

By the number of hosts and of workers: [performance-hotes.md](performance-hotes.md).
DOC
} >"$doc"
say "Written: $doc"
