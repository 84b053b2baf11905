#!/usr/bin/env bash
# Several hosts, in network namespaces: a balancer (nginx), two hosts of workers (nginx and catalysed, one of them by FastCGI over TCP), a
# primary and its synchronous copy. Replication late, the primary killed and the copy promoted, the network of the base cut, then that of a host
# of workers: what visitors and writers see, and what the metrics and the journal say of it. Needs root, iproute2 and nftables; run by make check-chaos.
#   HOSTS_BASE=DIR: the var/ of a stopped demo whose base is copied, instead of making one. CURVE=1: also the throughput by workers.
#   BALANCER=haproxy: behind docs/plusieurs-hotes/haproxy.cfg rather than nginx/balancer.conf.
#   STRICT=1: the limits of time as they are promised, however busy the machine.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?}
here=$top/tests/chaos
for need in ip nft nginx python3 curl; do command -v "$need" >/dev/null || { echo "skipped: needs $need"; exit 77; }; done
[ "$(id -u)" = 0 ] || { echo "skipped: network namespaces need root"; exit 77; }
pgbin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
id=${id:-cat$$} net=${net:-10.77.$(($$ % 250))}
nodes="lb w1 w2 p1 p2"
declare -A addr=([lb]=$net.1 [w1]=$net.21 [w2]=$net.22 [p1]=$net.11 [p2]=$net.12)

if [ "${1:-}" != inside ]; then # the network, then the rest from the balancer's own place
	dir=$(mktemp -d /tmp/hosts.XXXXXX) || exit 1
	chmod 755 "$dir"
	end() {
		local p
		for p in "$dir"/pids/*; do [ -e "$p" ] && kill -CONT "$(cat "$p")" 2>/dev/null; [ -e "$p" ] && kill -TERM "$(cat "$p")" 2>/dev/null; done
		for p in p1 p2; do [ -d "$dir/$p" ] && setpriv --reuid=postgres --regid=postgres --clear-groups "$pgbin/pg_ctl" -D "$dir/$p" -m immediate -s stop 2>/dev/null; done
		[ ! -d "$dir/base" ] || "$top/tools/demo" reset --var "$dir/base" --build "$build" >/dev/null 2>&1
		sleep 0.5
		for p in "$dir"/pids/*; do [ -e "$p" ] && kill -KILL "$(cat "$p")" 2>/dev/null; done
		for n in $nodes sw; do ip netns del "$id-$n" 2>/dev/null; done
		[ -n "${KEEP_DIR:-}" ] || rm -rf "$dir"
	}
	trap end EXIT
	ip netns add "$id-sw" 2>/dev/null || { echo "skipped: no network namespace can be made here"; exit 77; }
	ip -n "$id-sw" link add br0 type bridge && ip -n "$id-sw" link set br0 up
	for n in $nodes; do
		ip netns add "$id-$n"
		ip -n "$id-$n" link add eth0 type veth peer name "v$n" netns "$id-sw"
		ip -n "$id-sw" link set "v$n" master br0 up
		ip -n "$id-$n" addr add "${addr[$n]}/24" dev eth0
		ip -n "$id-$n" link set lo up
		ip -n "$id-$n" link set eth0 up
	done
	base=${HOSTS_BASE:-}
	if [ -z "$base" ]; then
		base=$dir/base
		for ((port = 19300 + RANDOM % 300; port < 19700; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
		"$top/tools/demo" start --var "$base" --build "$build" --port "$port" >"$dir/base.log" 2>&1 || { tail -n 20 "$dir/base.log"; exit 1; }
		"$top/tools/demo" stop --var "$base" --build "$build" >>"$dir/base.log" 2>&1
	fi
	mkdir "$dir/pids" "$dir/log"
	cp -a "$base/postgresql/data" "$dir/p1" || exit 1
	ip netns exec "$id-lb" env dir="$dir" id="$id" net="$net" base="$base" bash "$0" inside
	exit
fi

# --- inside: the balancer's namespace
id=${id:?} net=${net:?} base=${base:?}
addr=([lb]=$net.1 [w1]=$net.21 [w2]=$net.22 [p1]=$net.11 [p2]=$net.12)
VAR=$dir BASE=http://$net.1:8080
. "$top/tests/http/lib.sh"
trap - EXIT
tmp=$dir/tmp && mkdir -p "$tmp"
in_() { ip netns exec "$id-$1" "${@:2}"; }
now() { "$here/hosts.py" now; }
later() { awk -v a="$1" -v b="$2" "BEGIN { printf \"%.2f\", b - a }"; }
# On a machine that does other work than this the limits are longer, four times at most, which is said; not with STRICT=1.
slack=1
[ -n "${STRICT:-}" ] || slack=$(awk -v n="$(nproc)" '{ s = $1 / n / 2; printf "%.1f", (s < 1 ? 1 : s > 4 ? 4 : s) }' /proc/loadavg)
echo "# load $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores: limits of time x $slack"
within() { awk -v a="$1" -v b="$2" -v s="$slack" 'BEGIN { exit !(a <= b * s) }'; }
spawn() { # NODE NAME COMMAND...: in that place, in the background
	local node=$1 name=$2
	shift 2
	ip netns exec "$id-$node" setsid bash -c 'echo $$ >"$1"; shift; exec "$@"' spawn "$dir/pids/$name" "$@" >>"$dir/log/$name" 2>&1 </dev/null &
}
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
pg_start() { # NODE [SETTINGS]
	local node=$1
	shift
	mkdir -p "$dir/sock-$node" && chown postgres "$dir/sock-$node"
	ip netns exec "$id-$node" setpriv --reuid=postgres --regid=postgres --clear-groups -- "$pgbin/pg_ctl" -D "$dir/$node" -w -t 60 -s -l "$dir/$node/log" \
		-o "-c listen_addresses=${addr[$node]} -c unix_socket_directories=$dir/sock-$node -c port=5432 -c wal_receiver_timeout=5s -c wal_retrieve_retry_interval=500ms $*" \
		start </dev/null >/dev/null || { tail "$dir/$node/log"; exit 1; }
}
sql() { PGOPTIONS='-c search_path=private,catalyse,public' "$pgbin/psql" -h "$dir/sock-$1" -U postgres -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "$2"; }
until_() { # SECONDS COMMAND...: true once it is, within that time
	local until=$(($(date +%s%N) + $1 * 1000000000))
	shift
	while ! "$@" 2>/dev/null; do [ "$(date +%s%N)" -lt $until ] || return 1; sleep 0.1; done
}
metrics_texts() { # of all instances of the hosts that are asked for, both by default
	local w i
	for w in ${asked:-w1 w2}; do for i in 1 2; do curl -s -m 5 "http://${addr[$w]}:8080/metrics/$i"; done; done
}
journal_files() { local w; for w in ${asked:-w1 w2}; do ls "$dir/log/catalysed-$w-"*; done; }
. "$here/told.sh"

printf 'local all all trust\nhost all all %s.0/24 trust\nhost replication all %s.0/24 trust\n' "$net" "$net" >"$dir/p1/pg_hba.conf"
pg_start p1 -c max_connections=150
install -d -m 700 -o postgres -g postgres "$dir/p2"
ip netns exec "$id-p2" setpriv --reuid=postgres --regid=postgres --clear-groups -- "$pgbin/pg_basebackup" -D "$dir/p2" -R -c fast -X stream \
	-d "host=${addr[p1]} user=postgres application_name=p2" || exit 1
pg_start p2 -c max_connections=150
# Said of the primary only, after the copy was taken: a copy that is promoted must not wait for itself.
sql p1 "alter system set synchronous_standby_names = 'p2'" && sql p1 "select pg_reload_conf()" >/dev/null
sync_on() { [ "$(sql p1 "select sync_state from pg_stat_replication")" = sync ]; }
until_ 30 sync_on
ok $? "the copy follows the primary, which waits for it"

token=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
session=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
sum() { printf %s "$1" | sha256sum | cut -d' ' -f1; }
sql p1 "with c as (insert into contributor (name) values ('Essai des hôtes') returning id), a as (insert into account (id, email, state, confirmed_at)
	select id, 'hotes@essai.example', 'actif', now() from c returning id), t as (insert into api_token (hash, account_id, name, scopes, expires_at)
	select '$(sum "$token")', id, 'hotes', '{lire,ecrire}', now() + interval '1 day' from a)
	select 1; insert into session (hash, account_id, second_factor, expires_at) select '$(sum "$session")', id, true, now() + interval '1 day' from account
	where email = 'admin@demo.example'" >/dev/null || exit 1

both="host=${addr[p1]},${addr[p2]} port=5432 dbname=catalyse"
settings() { # NODE
	grep -v '^DATABASE\|^PEER\|^THREADS\|^EXPORT_DIR\|^MAIL\|^BASE_URL\|^ERASURES' "$base/catalyse.conf" 2>/dev/null
	cat <<-CONF
		DATABASE=$both user=catalyse_ro target_session_attrs=prefer-standby
		DATABASE_WRITE=$both user=catalyse_rw target_session_attrs=read-write
		DATABASE_COUNT=$both user=catalyse_count target_session_attrs=primary
		DATABASE_LISTEN=$both user=catalyse_ro
		DATABASE_LAG_MAX_S=12
		BASE_URL=$BASE
		PEER_UIDS=root
		THREADS=4
		ADMIN_NETWORKS=127.0.0.1,$net.0/24
	CONF
}
instance() { # NODE NUMBER
	if [ "$1" = w2 ]; then
		spawn w2 "catalysed-w2-$2" env CATALYSE_LISTEN_TCP="${addr[w2]}:900$2" CATALYSE_TCP_ALLOW="${addr[w2]}" CATALYSE_SOCKET= "$build/catalysed" -c "$dir/w2.conf"
	else
		spawn "$1" "catalysed-$1-$2" env CATALYSE_SOCKET="$dir/$1-$2.sock" "$build/catalysed" -c "$dir/$1.conf"
	fi
}
for w in w1 w2; do
	settings >"$dir/$w.conf"
	for i in 1 2; do instance $w $i; done
	run=$dir/nginx-$w
	mkdir -p "$run/tmp"
	cp -r "$top/nginx/snippets" "$run/catalyse"
	sed -e "s|@RUN@|$run|g; s|listen 127.0.0.1:@PORT@|listen ${addr[$w]}:8080|; s|@ACTIFS@|$build/gen/assets|g; s|@DONNEES@|$dir|g; s|@ERREURS@|$top/nginx/erreurs|g" \
		-e "s|@USER@|user root;|; s|set_real_ip_from 127.0.0.0/8|set_real_ip_from ${addr[lb]}|; s|127.0.0.0/8 1;|$net.0/24 1;|; s|daemon on|daemon off|" \
		"$top/nginx/nginx.demo.conf.in" >"$run/nginx.conf"
	if [ $w = w2 ]; then sed -i "s|unix:@SOCK@/\([12]\).sock|${addr[w2]}:900\1|; s|@SOCK@|$dir|g" "$run/nginx.conf"; sed -i "s|unix:\$catalyse_prises/\$1.sock|${addr[w2]}:900\$1|" "$run/catalyse/site.conf"
	else sed -i "s|@SOCK@/\([12]\).sock|$dir/w1-\1.sock|; s|@SOCK@|$dir/w1|g" "$run/nginx.conf"; fi
	mkdir -p "$dir/$w"
	for i in 1 2; do ln -sfn "$dir/$w-$i.sock" "$dir/$w/$i.sock"; done
	spawn $w "nginx-$w" nginx -p "$run" -c "$run/nginx.conf" -e "$run/nginx-erreurs.log"
done
run=$dir/nginx-lb
mkdir -p "$run/tmp" "$run/catalyse"
# The shipped balancer, without TLS: this network has no certificate authority. It says which host answered.
sed -e "s|192.0.2.21:443|${addr[w1]}:8080|; s|192.0.2.22:443|${addr[w2]}:8080|; s|https://catalyse_hotes|http://catalyse_hotes|; s|\$host;|\$http_host;|" \
	-e "s|/usr/share/catalyse/erreurs|$top/nginx/erreurs|; s|^\tlocation / {\$|&\n\t\tadd_header X-Host \$upstream_addr always;|" \
	-e "/^\tssl_\|proxy_ssl\|listen \[::\]/d; s|listen 443 ssl http2|listen ${addr[lb]}:8080|; s|listen 80;|listen ${addr[lb]}:8081;|" \
	"$top/nginx/balancer.conf" >"$run/balancer.conf"
cat >"$run/nginx.conf" <<CONF
user root; daemon off; pid $run/nginx.pid; error_log $run/nginx-erreurs.log error; worker_processes 1;
events { worker_connections 4096; }
http { client_body_temp_path $run/tmp/b; proxy_temp_path $run/tmp/p; fastcgi_temp_path $run/tmp/f; uwsgi_temp_path $run/tmp/u; scgi_temp_path $run/tmp/s; include $run/balancer.conf; }
CONF
if [ "${BALANCER:-nginx}" = haproxy ]; then
	sed -e "s|hote1|${addr[w1]}:8080|g; s|hote2|${addr[w2]}:8080|g; s|192.0.2.21:443|${addr[w1]}:8080|; s|192.0.2.22:443|${addr[w2]}:8080|" \
		-e "s|bind :80\$|bind ${addr[lb]}:8081|; s|bind :443 .*|bind ${addr[lb]}:8080|; s|ssl verify required .* maxconn|maxconn|" \
		-e "s|/usr/share/catalyse/erreurs|$top/nginx/erreurs|; s|log /dev/log local0|log stdout format raw local0|; s|maxconn 16384|maxconn 1000|; s|^\tdefault_backend.*|&\n\thttp-response set-header X-Host %s|" \
		-e '/^\tuser \|^\tgroup \|redirect scheme/d' "$top/docs/plusieurs-hotes/haproxy.cfg" >"$run/haproxy.cfg"
	spawn lb haproxy haproxy -db -f "$run/haproxy.cfg"
else
	spawn lb nginx-lb nginx -p "$run" -c "$run/nginx.conf" -e "$run/nginx-erreurs.log"
fi
answers() { curl -sf -m 5 -o /dev/null "$1"; }
until_ 60 answers "http://${addr[w1]}:8080/ready" && until_ 60 answers "http://${addr[w2]}:8080/ready" && until_ 30 answers "$BASE/ready"
ok $? "two hosts of workers answer behind the balancer, one over FastCGI on TCP" "$(tail -n 3 "$dir"/log/*)"
from_here
in_ w1 curl -s -m 3 -o /dev/null "http://${addr[w2]}:9001/" 2>/dev/null
said 'peer not allowed' && rose peers_refused_total; ok $? "FastCGI over TCP is for the addresses of TCP_ALLOW only: the journal and the metric say who was not"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do for p in /fiches /territoires /catalyseurs /mon-espace; do curl -s -o /dev/null -m 10 "$BASE$p?page=$i"; done; done

# --- reads from the copy
readers() { sql "$1" "select count(*) from pg_stat_activity where usename = 'catalyse_ro' and application_name <> 'catalysed/ecoute'"; } # what listens for changes reads nothing
[ "$(readers p1)" = 0 ] && [ "$(readers p2)" -ge 4 ]
ok $? "the pages read the copy, none the primary" "primary $(readers p1), copy $(readers p2)"
is "$(metric db_replica)" 4 "and the metric of each instance says it"

if [ -n "${CURVE:-}" ]; then . "$here/hosts_curve.sh"; fi

waiting() { # SHEET: one that waits to be published
	sql p1 "insert into work (sheet_id, created_by, saved_by, content, state) select $1, id, id, jsonb_build_object('type', 'exemple', 'titre', 'Essai $1 des hôtes', 'chapo',
	'Des voisins réparent ensemble ce qui peut l’être.', 'territoires', jsonb_build_array('commune:97410'), 'termes', jsonb_build_array('theme:' || (select code from term where scheme = 'theme'
	and valid_to is null order by id limit 1)), 'source', jsonb_build_object('libelle', 'Notre récit', 'annee', 2024), 'sections', jsonb_build_object('contexte', 'Un quartier, un samedi par mois.',
	'acteurs', 'Les voisins et la régie travaillent ensemble de longue date.')), 'brouillon' from account where email = 'hotes@essai.example';
	insert into work_author select $1, id, 'auteur' from account where email = 'hotes@essai.example';
	select work_move(id, $1, 'soumettre', null, null) from account where email = 'hotes@essai.example'" >"$tmp/moved" 2>&1
	is "$(tr -d '\n' <"$tmp/moved")" "" "sheet $1 waits to be published"
}
jar=$dir/jar
printf '%s\tFALSE\t/\tFALSE\t0\tsession\t%s\n' "$net.1" "$session" >"$jar"
me() { get "$1" -b "$jar" -c "$jar" "${@:2}"; }
move() { me "/fiches/$sheet/relecture" "${to[@]}"; local t; t=$(token); me "/fiches/$sheet/actions" "${to[@]}" -X POST -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$t" "$@"; }
to=()

# --- what is written on one host is seen on the other, by each of its instances, though the page was kept there; both read the copy
sheet=9951
waiting $sheet
on() { to=(--connect-to "::${addr[$1]}:8080"); }
elsewhere_seen() { get "/fiches/$sheet" "${to[@]}" -L && [ "$status" = 200 ]; }
on w1 && move --data act=prendre
on w2 && get "/fiches/$sheet" "${to[@]}"
is "$status" 404 "nobody sees it yet"
on w1 && move --data act=publier --data-urlencode 'motif=Essai.'
written=$(now)
is "$status" 303 "it is published on a host"
on w2 && until_ 10 elsewhere_seen
visible=$(later "$written" "$(now)")
within "$visible" 1; ok $? "it is seen on the other after $visible s (1 at most)"
n=0
for i in 1 2 3 4 5 6 7 8; do get "/fiches/$sheet?n=$i" "${to[@]}" -L; [ "$status" = 200 ] || n=$((n + 1)); done
is "$n" 0 "whichever of its instances is asked"
[ "$(readers p1)" = 0 ]; ok $? "and none asked the primary for it" "$(readers p1)"
to=()

# --- whoever writes sees it at once, though the copy is late
sheet=9950
waiting $sheet
sleep 1.5 # past what is known of the copy, and of the session
from_here
sql p2 "select pg_wal_replay_pause()" >/dev/null
get "/fiches/$sheet"
is "$status" 404 "nobody sees it yet"
move --data act=prendre
move --data act=publier --data-urlencode 'motif=Essai.'
is "$status" 303 "it is published" "$(grep -o '<h1>.*</h1>\|class="message[^<]*<[^<]*' "$tmp/body")"
like "$(head_of Set-Cookie)" '^frais=[0-9a-f]{16}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax$' "the answer says where the log is"
me "/fiches/$sheet" -L
is "$status $(head_of X-Cache-Status)" '200 BYPASS' "who published it sees it at once, at the public address, through both nginx"
get "/fiches/$sheet"
is "$status" 404 "the copy has not got it yet"
for bad in zzzz 0 ffffffffffffffffff "%00" "'" ; do get /fiches -H "Cookie: frais=$bad"; [ "$status" = 200 ] || break; done
is "$status" 200 "a mark that is none is nothing"
rose reads_primary_total; ok $? "the metric counts the reads of the primary"
late_gone() { get "/fiches/$sheet?n=$RANDOM"; [ "$status" = 200 ] || [ "$status" = 301 ]; }
until_ 60 late_gone
ok $? "past DATABASE_LAG_MAX_S the copy is no longer read: all see it"
said 'the copy is late' late_s; ok $? "the journal says that the copy is late"
# Each of the four instances measures it for itself; what is asked of the copy is not asked of the primary, however late.
late_told() { late=$(metric db_replica_late_seconds); awk -v l="$late" 'BEGIN { exit !(l / 4 > 12) }'; }
until_ 20 late_told; ok $? "so does the metric: $(awk -v l="$late" 'BEGIN { printf "%.0f", l / 4 }') s"
sql p2 "select pg_wal_replay_resume()" >/dev/null
caught() { for _ in 1 2 3 4 5 6 7 8; do curl -s -o /dev/null "$BASE/fiches?n=$RANDOM"; done; said 'no longer late'; }
until_ 20 caught
ok $? "and that it is so no longer"
late_over() { awk -v l="$(metric db_replica_late_seconds)" 'BEGIN { exit !(l < 4) }'; }
until_ 20 late_over
ok $? "which the metric says too"

# --- the primary dies under writers; nothing is promoted yet, then the copy is
stop=$dir/stop
"$here/hosts.py" write "$BASE" "$token" "$dir/written" "$stop" 4 & writer=$!
"$here/hosts.py" read "$BASE" "$dir/read" "$stop" 4 "/fiches?q=eau" /territoires "/fiches?page=2" /catalyseurs /contribuer & reader=$!
sleep 4
me /mon-espace
is "$status" 200 "a signed-in page"
from_here
killed=$(now)
kill -KILL "$(head -n 1 "$dir/p1/postmaster.pid")"
banner() { get /contribuer && grep -q 'en lecture seule' "$tmp/body"; }
until_ 20 banner
banner_at=$(now) seen=$(later "$killed" "$(now)")
within "$seen" 5; ok $? "the banner « lecture seule » is there after $seen s (5 at most)"
get "/fiches?n=$RANDOM"
is "$status" 200 "public pages go on"
unlike "$(cat "$tmp/body")" 'en lecture seule' "without a banner: they are kept for all"
me /mon-espace
is "$status" 200 "so do those of who is signed in, from the copy"
like "$(cat "$tmp/body")" 'en lecture seule' "and say it"
get /connexion
like "$status $(cat "$tmp/body")" '^200 ' "the form to sign in is there"
t=$(token)
get /connexion -X POST -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$t" --data-urlencode courriel=personne@essai.example --data-urlencode mot_de_passe=essai-essai-essai
is "$status" 503 "signing in cannot be done"
like "$(tr '\n' ' ' <"$tmp/body")" 'ni se connecter, ni cr' "which is said"
unlike "$(cat "$tmp/body")" 'essai-essai-essai' "without the password"
get /contribuer/sans-compte
t=$(token)
get /contribuer/sans-compte -X POST -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$t" --data-urlencode 'titre=Un texte qui ne doit pas être perdu, jamais' --data type=exemple
is "$status" 503 "a form cannot be sent"
like "$(head_of Retry-After)" '^[0-9]+$' "when to come back is said"
like "$(cat "$tmp/body")" 'Un texte qui ne doit pas' "what was typed is given back"
get /fiches -X POST -H 'Content-Type: application/json' -H 'Accept: application/json' -H "Authorization: Bearer $token" --data '{"type":"exemple","titre":"x y z"}'
is "$status $(head_of Content-Type)" '503 application/problem+json' "a program is told so too" "$(cat "$tmp/head")"
all_said() { [ "$(metric read_only)" = 4 ]; }
until_ 10 all_said; ok $? "the metric of each instance says read-only"
said 'nothing can be written' primary; ok $? "and the journal"
as_postgres "$pgbin/pg_ctl" -D "$dir/p2" -w -s promote
promoted=$(now)
sleep 4
first=$(awk -v p="$banner_at" '$4 > p && $2 > 0 && (!f || $4 < f) { f = $4 } END { print f }' "$dir/written")
gap=$(later "$promoted" "${first:-999999}")
within "$gap" 1; ok $? "writes are taken again $gap s after the promotion (1 at most; the primary was gone for $(later "$killed" "$promoted") s)"
no_banner() { ! banner; }
until_ 5 no_banner; ok $? "the banner is gone"
said 'changes can be written again' gone_ms; ok $? "the journal says it"
rose db_primary_lost_total && rose writes_refused_total && [ "$(metric read_only)" = 0 ]
ok $? "so do the metrics: $(grew db_primary_lost_total) times lost, $(grew writes_refused_total) changes refused, read-only no longer"

# --- the network to the only base is cut, then is there again
from_here
cut=$(now)
in_ p2 nft -f - <<'NFT'
table inet cut {
	chain in { type filter hook input priority 0; tcp dport 5432 drop; }
	chain out { type filter hook output priority 0; tcp sport 5432 drop; }
}
NFT
sleep "${CUT_S:-12}"
in_ p2 nft delete table inet cut
back=$(now)
sleep 5
rose db_failures_total && rose db_primary_lost_total
ok $? "the metrics count what was cut: $(grew db_failures_total) connections that did not come up, $(grew db_late_total) statements at their deadline, $(grew db_primary_lost_total) times no primary"
said 'nothing can be written' '"level":"error"' && said 'changes can be written again' gone_ms && said 'database reached again' attempts
ok $? "the journal tells of the cut and of the return" "$(since | grep -v '"msg":"request"' | tail -n 5)"

# --- the network of a host of workers is cut, under connections that the balancer keeps: its own visitors lose it, it loses its base
asked=w1
from_here
host_cut=$(now)
in_ w1 nft -f - <<'NFT'
table inet cut {
	chain in { type filter hook input priority 0; iifname "eth0" drop; }
	chain out { type filter hook output priority 0; oifname "eth0" drop; }
}
NFT
sleep "${HOST_CUT_S:-12}"
host_until=$(now) # it answers before its base is there again
in_ w1 nft delete table inet cut
host_back=$(now)
sleep 4
rose db_primary_lost_total; ok $? "the metrics of the host count that it had no primary: $(grew db_primary_lost_total) times"
said 'nothing can be written' '"level":"error"' && said 'changes can be written again' gone_ms
ok $? "its journal tells of the cut and of the return" "$(since | grep -v '"msg":"request"' | tail -n 5)"
asked=
: >"$stop"
wait $writer $reader
n=$(awk -v a="$killed" -v b="$cut" '$1 > a && $1 + $2 < b && $3 != 200' "$dir/read" | wc -l)
all=$(awk -v a="$killed" -v b="$cut" '$1 > a && $1 + $2 < b' "$dir/read" | wc -l)
[ "$n" = 0 ] && [ "$all" -gt 50 ]
ok $? "reads never stopped while the primary died and the copy was promoted: $all asked, $n failed" "$(awk -v a="$killed" -v b="$cut" '$1 > a && $1 + $2 < b && $3 != 200' "$dir/read" | head -n 5)"
# Each time that something was asked or sent is counted, whatever came of it.
longest_of() { awk '$2 > m { m = $2 } END { print m + 0 }' "$1"; } # LOG
longest=$(longest_of "$dir/read") longest_sent=$(longest_of "$dir/written.each")
within "$longest" 5; ok $? "no page was waited for more than 5 s, a network cut or not: the longest $longest s of $(wc -l <"$dir/read")"
within "$longest_sent" 5; ok $? "nor the answer to what was sent: the longest $longest_sent s of $(wc -l <"$dir/written.each")"
read_back=$(awk -v b="$back" '$1 + $2 > b && $3 == 200 && (!f || $1 + $2 < f) { f = $1 + $2 } END { print f - b }' "$dir/read")
write_back=$(awk -v b="$back" '$4 > b && $2 > 0 && (!f || $4 < f) { f = $4 } END { print f - b }' "$dir/written")
within "${read_back:-99}" 2 && within "${write_back:-99}" 2
ok $? "after its return reads are answered in $read_back s and writes taken in $write_back s (2 at most)"
failed() { awk -v a="$2" -v n="$3" -v b="$4" -v s="$slack" '$1 > a + n * s && $1 < b && $3 != 200 && $3 != 201' "$1"; } # LOG SINCE SECONDS UNTIL: the lines
is "$(failed "$dir/read" "$back" 2 "$host_cut" | wc -l)" 0 "two seconds after its return, no read fails"
during() { awk -v a="$host_cut" -v b="$host_until" '$1 + $2 > a && $1 < b' "$1"; } # LOG: what the cut of the host met
host_asked=$(during "$dir/read" | wc -l) host_sent=$(during "$dir/written.each" | wc -l)
host_failed=$(during "$dir/read" | awk '$3 != 200' | wc -l) host_failed_sent=$(during "$dir/written.each" | awk '$3 != 201' | wc -l)
waited=$(cat "$dir/read" "$dir/written.each" | during /dev/stdin | awk '$2 > 3' | wc -l)
[ "$waited" -gt 0 ] && [ "$host_asked" -gt 100 ] && [ "$host_sent" -gt 100 ]
ok $? "a host of workers is cut while the balancer keeps connections to it: $waited waited on them; $host_asked asked, $host_failed failed; $host_sent sent, $host_failed_sent to send again"
# What was in the middle of its transaction on that host holds its key until the base gives that session up, five seconds later: sent again, 409.
n=$({ failed "$dir/read" "$host_cut" 3 "$host_until"; failed "$dir/written.each" "$host_cut" 3 "$host_until" | awk '$3 != 409'
	failed "$dir/written.each" "$host_cut" 7 "$host_until" | awk '$3 == 409'; } | tee "$dir/host_failed" | wc -l)
held=$(failed "$dir/written.each" "$host_cut" 0 "$host_until" | awk '$3 == 409' | wc -l)
[ "$n" = 0 ]
ok $? "three seconds after it was cut, nothing fails: the other answers; a key held by what was cut ($held times) is free within seven" \
	"cut at $host_cut, back at $host_until: $(cat "$dir/host_failed"; tail -n 20 "$run/nginx-erreurs.log")"
first_on() { awk -v a="$host_back" -v h="${addr[$2]}:8080" '$1 > a && $4 == h && ($3 == 200 || $3 == 201) && (!f || $1 + $2 < f) { f = $1 + $2 } END { print f ? f - a : 99 }' "$1"; } # LOG HOST
host_read_back=$(first_on "$dir/read" w1) host_write_back=$(first_on "$dir/written.each" w1)
within "$host_read_back" 2 && within "$host_write_back" 2
ok $? "after its return it answers again in $host_read_back s and takes writes in $host_write_back s (2 at most)"
n=$({ failed "$dir/read" "$host_back" 2 1e12; failed "$dir/written.each" "$host_back" 2 1e12; } | wc -l)
is "$n" 0 "two seconds after its return, nothing fails" "$(failed "$dir/read" "$host_back" 2 1e12 | head -n 3)"
refused=$(awk '$2 <= 0' "$dir/written" | wc -l)
is "$refused" 0 "nothing was refused for good"

# --- nothing acknowledged is lost
awk '$2 > 0 { print $2, $1 }' "$dir/written" >"$dir/taken"
total=$(wc -l <"$dir/taken")
found=$({ echo "set search_path to private, catalyse, public; create temp table sent (id int, key text); copy sent from stdin (delimiter ' ');"; cat "$dir/taken"; echo '\.'
	echo "select count(*) from sent s where (select count(*) from work w where w.sheet_id = s.id and w.content->>'chapo' = s.key) = 1;"
	echo "select count(*) from (select content->>'chapo' from work where content->>'titre' like 'Essai des hôtes%' group by 1 having count(*) > 1) d;"
	} | "$pgbin/psql" -h "$dir/sock-p2" -U postgres -d catalyse -XqAt -v ON_ERROR_STOP=1 -f - | tr '\n' ' ')
[ "$total" -ge 200 ] && [ "$found" = "$total 0 " ]
ok $? "each of the $total writes that were acknowledged is in the base, none twice" "got '$found', wanted '$total 0 ' and 200 at least"
[ -z "${CURVE:-}" ] || . "$here/hosts_doc.sh"

end
