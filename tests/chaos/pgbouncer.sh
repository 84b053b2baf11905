#!/usr/bin/env bash
# The site through PgBouncer, in session mode with named statements and in transaction mode without (DATABASE_PREPARE=non): pages, forms,
# submissions sent twice, a base that goes away and comes back; and that nothing of one client stays with another. Run by make check-chaos.
#   HOSTS_BASE=DIR: the var/ of a stopped demo whose base is copied, instead of making one.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?}
for need in pgbouncer nginx curl; do command -v "$need" >/dev/null || { echo "skipped: needs $need"; exit 77; }; done
dir=$(mktemp -d /tmp/bouncer.XXXXXX) || exit 1
chmod 755 "$dir"
mkdir "$dir/base"
for ((port = 17700 + RANDOM % 200; port < 18000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
if [ -n "${HOSTS_BASE:-}" ]; then
	cp -a "$HOSTS_BASE/." "$dir/base/" && rm -rf "$dir/base/log" "$dir/base/run"
	echo "$dir/base/postgresql/run 5432" >"$dir/base/postgresql/socket"
	sed -i "s|^unix_socket_directories.*|unix_socket_directories = '$dir/base/postgresql/run'|" "$dir/base/postgresql/data/postgresql.conf"
	rm -f "$dir/base/sockets" "$dir/base/catalyse.conf" "$dir"/base/*.pid
fi
BASE=http://127.0.0.1:$port VAR=$dir/base
demo() { "$top/tools/demo" "$1" --var "$VAR" --build "$build" --port "$port" >"$dir/demo.log" 2>&1; }
. "$top/tests/http/lib.sh"
bouncer= app=
finish() {
	for p in $app $bouncer; do kill "$p" 2>/dev/null; done
	demo reset
	rm -rf "$tmp" "$dir"
}
trap finish EXIT
demo start || { tail -n 20 "$dir/demo.log"; echo "Bail out! no site"; exit 1; }
sql() { PGOPTIONS='-c search_path=private,catalyse,public' "$top/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "$1"; }
read -r socket number <"$VAR/postgresql/socket"
sock=$(cat "$VAR/sockets") me=$(id -un) owner=$(id -un)
[ "$me" != root ] || owner=postgres
until_() { local until=$(($(date +%s%N) + $1 * 1000000000)); shift; while ! "$@" 2>/dev/null; do [ "$(date +%s%N)" -lt $until ] || return 1; sleep 0.1; done; }
ready() { curl -sf -m 5 -o /dev/null "$BASE/ready"; }
journal_files() { echo "$dir"/catalysed-[12].log; }
metrics_texts() { curl -s "$BASE/metrics/1" "$BASE/metrics/2"; }
. "$top/tests/chaos/told.sh"
for i in 1 2; do kill -TERM "$(cat "$VAR/catalysed-$i.pid")"; done
mkdir "$dir/pool" && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=essai -keyout /dev/null -out "$dir/pool/ca.pem" 2>/dev/null && { [ "$me" != root ] || chown postgres "$dir/pool"; }

serve() { # MODE PREPARE
	for p in $app $bouncer; do kill "$p" 2>/dev/null; wait "$p" 2>/dev/null; done
	# The example that is shipped, on this base and this account.
	sed -e "s|host=192[0-9.,]* port=5432|host=$socket port=$number|; s|/run/pgbouncer|$dir/pool|; s|/etc/pgbouncer/|$dir/pool/|; s|/etc/catalyse/base-ca.pem|$dir/pool/ca.pem|" \
		-e "s|^pool_mode = .*|pool_mode = $1|; s|^default_pool_size = .*|default_pool_size = ${3:-40}|" "$top/docs/plusieurs-hotes/pgbouncer.ini" >"$dir/pool/pgbouncer.ini"
	printf 'logfile = %s\npidfile = %s\n' "$dir/pool/log" "$dir/pool/pid" >>"$dir/pool/pgbouncer.ini"
	sed "s|^local all catalyse |local all $me |" "$top/docs/plusieurs-hotes/pgbouncer-hba.conf" >"$dir/pool/pgbouncer-hba.conf"
	sed -n "s|^;   \(\"catalyse.*\)|\1|p" "$top/docs/plusieurs-hotes/pgbouncer.ini" | sed "s|^\"catalyse\"|\"$me\"|" >"$dir/pool/userlist.txt"
	if [ "$me" = root ]; then setpriv --reuid=postgres --regid=postgres --clear-groups pgbouncer -q "$dir/pool/pgbouncer.ini" >/dev/null 2>&1 & bouncer=$!
	else pgbouncer -q "$dir/pool/pgbouncer.ini" >/dev/null 2>&1 & bouncer=$!; fi
	until_ 10 test -S "$dir/pool/.s.PGSQL.6432" || { cat "$dir/pool/log"; exit 1; }
	sed -n "s|/run/pgbouncer|$dir/pool|; s|^\(DATABASE[A-Z_]*=host=$dir/pool .*\) user=catalyse$|\1 user=$me|p" "$top/docs/plusieurs-hotes.md" >"$dir/conf"
	# What changes is heard from the primary itself, as in the demo: else its failures would be counted for those of PgBouncer.
	{ grep -v '^DATABASE' "$VAR/catalyse.conf"; sed -n 's/^DATABASE=/DATABASE_LISTEN=/p' "$VAR/catalyse.conf"; cat "$dir/conf"; echo "DATABASE_PREPARE=$2"; } >"$dir/catalyse.conf"
	app=
	for i in 1 2; do
		rm -f "$sock/$i.sock"
		CATALYSE_SOCKET=$sock/$i.sock "$build/catalysed" -c "$dir/catalyse.conf" >>"$dir/catalysed-$i.log" 2>&1 &
		app+=" $!"
	done
	until_ 30 ready || { tail -n 5 "$dir"/catalysed-*.log "$dir/pool/log"; exit 1; }
}
token=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
session=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
sum() { printf %s "$1" | sha256sum | cut -d' ' -f1; }
sql "with c as (insert into contributor (name) values ('Essai de la réserve') returning id), a as (insert into account (id, email, state, confirmed_at)
	select id, 'reserve@essai.example', 'actif', now() from c returning id), s as (insert into session (hash, account_id, second_factor, expires_at)
	select '$(sum "$session")', id, true, now() + interval '1 day' from a) insert into api_token (hash, account_id, name, scopes, expires_at)
	select '$(sum "$token")', id, 'reserve', '{lire,ecrire}', now() + interval '1 day' from a" || exit 1
send() { get /fiches -X POST -H 'Content-Type: application/json' -H 'Accept: application/json' -H "Authorization: Bearer $token" -H "Idempotency-Key: $1" --data "{\"type\":\"exemple\",\"titre\":\"Essai de la réserve\",\"chapo\":\"$1\"}"; }

smoke() { # MODE
	local p bad= n
	for p in / /fiches '/fiches?q=eau&territoire=region:04' /fiches.json /fiches.geojson /territoires /territoires/region/04 /catalyseurs /boussole /parcours /evenements /recherche?q=repair \
		/observatoire /besoins /reseau /contribuer /connexion /inscription /oai?verb=Identify /plan-du-site /donnees /sitemap.xml /pres-de-moi; do
		get "$p" -L
		[ "$status" = 200 ] || bad+=" $p:$status"
	done
	is "$bad" "" "$1: pages of every kind"
	for ((n = 0; n < 60; n++)); do get "/fiches?q=eau&page=$((n % 3 + 1))&n=$1$n"; [ "$status" = 200 ] || bad+=" $n:$status"; done
	seq 400 | xargs -P 16 -I{} curl -s -m 20 -o /dev/null -w '%{http_code}\n' "$BASE/fiches?q=sol&n=$1p{}" | sort | uniq -c >"$tmp/codes"
	is "$bad$(awk '{ print $2 }' "$tmp/codes" | tr '\n' ' ')" "200 " "$1: hundreds at the same time, over the same connections"
	grep -q ' 503$' "$tmp/codes" && grep -h '"level":"\(warn\|error\)"' "$dir"/catalysed-*.log | tail -n 4 | cut -c1-300 | sed 's/^/# /'
	get /mon-espace -H "Cookie: session=$session"
	is "$status" 200 "$1: a signed-in page"
	send "cle-$1-1"
	is "$status" 201 "$1: a sheet is sent"
	local first
	first=$(jq_ .id)
	send "cle-$1-1"
	is "$status $(jq_ .id)" "201 $first" "$1: sent again, it is the same"
	seq 40 | xargs -P 8 -I{} curl -s -m 20 -o /dev/null -w '%{http_code}\n' -X POST -H 'Content-Type: application/json' -H 'Accept: application/json' -H "Authorization: Bearer $token" \
		-H "Idempotency-Key: foule-$1-{}" --data '{"type":"exemple","titre":"Essai de la réserve","chapo":"foule '"$1"'"}' "$BASE/fiches" | sort | uniq -c >"$tmp/codes"
	is "$(tr -s ' ' <"$tmp/codes" | tr -d '\n') $(sql "select count(*) from work where content->>'chapo' = 'foule $1'")" " 40 201 40" "$1: forty at the same time, each once"
	get /contribuer/fiche -H "Cookie: session=$session"
	local t
	t=$(token)
	get /fiches -H "Cookie: session=$session" -X POST -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$t" --data type=exemple --data-urlencode 'titre=Une fiche par son formulaire' --data action=enregistrer
	is "$status" 303 "$1: a form"
	like "$(head_of Set-Cookie)" '^frais=[0-9a-f]{16};' "$1: the mark of the log"
	from_here
	# Restarted at once, PgBouncer hides it: nobody fails and there is nothing to say. It is away until somebody is told so.
	"$top/tools/cluster.sh" stop "$VAR/postgresql"
	failing() { get "/fiches?n=$RANDOM"; [ "$status" = 503 ] && rose db_failures_total; }
	until_ 30 failing
	ok $? "$1: without the base, a page that is not kept says 503"
	"$top/tools/cluster.sh" start "$VAR/postgresql"
	good() { get "/fiches?n=$RANDOM"; [ "$status" = 200 ]; }
	taken() { send "apres-$1-$RANDOM$RANDOM"; [ "$status" = 201 ]; }
	until_ 30 good && until_ 30 taken x
	ok $? "$1: the base is back, all goes on"
	again() { good; said '"database reached again"'; } # said by a worker that had failed, at its next question
	until_ 30 again
	ok $? "$1: what failed meanwhile is counted ($(grew db_failures_total)) and written"
	is "$(grep -ch '(26000)\|(42P05)\|(0A000)\|(25P02)' "$dir"/catalysed-*.log | paste -sd+ | bc)" 0 "$1: no statement was unknown, nor known twice"
}
serve session oui
is "$(cut -d= -f1 "$dir/conf" | tr '\n' ' ')" "DATABASE DATABASE_WRITE DATABASE_COUNT " "the settings are those of the page"
if [ "$me" = root ]; then
	setpriv --reuid=nobody --regid=nogroup --clear-groups psql -d "host=$dir/pool port=6432 dbname=catalyse_lecture user=$me" -c 'select 1' >"$tmp/other" 2>&1
	[ $? != 0 ]
	ok $? "another account of the system is not let in: $(head -c 200 "$tmp/other" | tr '\n' ' ')"
fi
smoke session
serve transaction non 3
smoke transaction
n=$(sql "select count(*) from pg_stat_activity where usename = 'catalyse_ro'")
[ "$n" -le 3 ]; ok $? "transaction: $n connections to the base serve all the readers"
is "$(sql "select count(*) from pg_stat_activity where application_name like 'catalysed%' and query like '%plan_cache_mode%'")" 0 "nothing was set on a connection that is shared"
end
