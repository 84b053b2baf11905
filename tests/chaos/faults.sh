#!/usr/bin/env bash
# What a machine runs short of: workers, room for the base, descriptors, room for the journal. Each time: what a visitor and a contributor
# see, the metric, the line of the journal, and that nothing needs to be restarted. Needs root for its own volumes; run by make check-chaos.
#   HOSTS_BASE=DIR: the var/ of a stopped demo whose base is copied, instead of making one.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?}
for need in nginx curl prlimit fallocate psql; do command -v "$need" >/dev/null || { echo "skipped: needs $need"; exit 77; }; done
[ "$(id -u)" = 0 ] || { echo "skipped: volumes need root"; exit 77; }
pgbin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
dir=$(mktemp -d /tmp/faults.XXXXXX) || exit 1
chmod 755 "$dir"
mkdir "$dir/base" "$dir/room" "$dir/log"
mount -t tmpfs -o size=64m,mode=755 faults "$dir/room" 2>/dev/null && mount -t tmpfs -o size=4m,mode=755 faults "$dir/log" || { umount "$dir/room" 2>/dev/null; rm -rf "$dir"; echo "skipped: no volume can be mounted here"; exit 77; }
for ((port = 19700 + RANDOM % 200; port < 20000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
if [ -n "${HOSTS_BASE:-}" ]; then cp -a "$HOSTS_BASE/." "$dir/base/" && rm -rf "$dir/base/log" "$dir/base/run" && echo "$dir/base/postgresql/run 5432" >"$dir/base/postgresql/socket"; fi
sed -i "s|^unix_socket_directories.*|unix_socket_directories = '$dir/base/postgresql/run'|" "$dir/base/postgresql/data/postgresql.conf" 2>/dev/null
rm -f "$dir/base/sockets" "$dir/base/catalyse.conf" "$dir"/base/*.pid
ln -sfn "$dir/log" "$dir/base/log"
BASE=http://127.0.0.1:$port VAR=$dir/base
demo() { "$top/tools/demo" "$1" --var "$VAR" --build "$build" --port "$port" >"$dir/demo.log" 2>&1; }
. "$top/tests/http/lib.sh"
blockers=
finish() {
	for p in $blockers; do kill "$p" 2>/dev/null; done
	demo reset
	rm -rf "$tmp"
	umount "$dir/room" "$dir/log" 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT
demo start || { tail -n 20 "$dir/demo.log"; echo "Bail out! no site"; exit 1; }
sql() { PGOPTIONS='-c search_path=private,catalyse,public' "$top/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "$1"; }
metric() { local i; for i in 1 2; do curl -s -m 5 "$BASE/metrics/$i"; done | awk -v n="catalyse_$1" '$1 == n { s += $2 } END { print s + 0 }'; }
until_() { local until=$(($(date +%s%N) + $1 * 1000000000)); shift; while ! "$@" 2>/dev/null; do [ "$(date +%s%N)" -lt $until ] || return 1; sleep 0.1; done; }
journal_has() { grep -h "$1" "$VAR"/log/catalysed-* | awk -v w="$2" 'index($0, w) { n++ } END { exit !n }'; } # both words in one line
ask() { curl -s -m 20 -o "$tmp/body" -D "$tmp/head" -w '%{http_code} %{time_total}' "$@"; }
token=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
sql "with c as (insert into contributor (name) values ('Essai des pannes') returning id), a as (insert into account (id, email, state, confirmed_at)
	select id, 'manques@essai.example', 'actif', now() from c returning id) insert into api_token (hash, account_id, name, scopes, expires_at)
	select encode(sha256('$token'), 'hex'), id, 'manques', '{lire,ecrire}', now() + interval '1 day' from a" || exit 1
send() { # TEXT: a sheet by a program
	get /fiches -X POST -H 'Content-Type: application/json' -H 'Accept: application/json' -H "Authorization: Bearer $token" --data "{\"type\":\"exemple\",\"titre\":\"Essai des manques\",\"chapo\":\"$1\"}"
}
send essai
is "$status" 201 "a sheet is sent"

# --- every worker waits for the base
get '/fiches?q=eau'
n=$(metric workers)
"$top/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -Xq -c "begin; lock table catalyse.sheet in access exclusive mode; select pg_sleep(7); rollback" >/dev/null 2>&1 &
lock=$!
sleep 0.5
for ((i = 0; i < n + 8; i++)); do curl -s -m 20 -o /dev/null -w '%{http_code} %{time_total}\n' "$BASE/fiches?q=eau&n=$i" >>"$tmp/held" & blockers+=" $!"; done
sleep 1.2
ok "$(awk -v a="$(ask "$BASE/fiches?q=eau")" 'BEGIN { split(a, x); exit !(x[1] == 200 && x[2] < 0.2) }'; echo $?)" "a page that is kept is shown all the same"
asset=$(grep -o '/actifs/[^"]*' "$tmp/body" | head -n 1)
ok "$(awk -v a="$(ask "$BASE$asset")" 'BEGIN { split(a, x); exit !(x[1] == 200 && x[2] < 0.2) }'; echo $?)" "so is a plain file"
full=$(ask "$BASE/fiches?q=vent")
ok "$(awk -v a="$full" 'BEGIN { split(a, x); exit !(x[1] == 503 && x[2] <= 1.2) }'; echo $?)" "with no worker free, a request is told so within a second" "$full"
like "$(head_of Retry-After)" '^[0-9]+$' "and when to come back"
bad=$(ask "$BASE/nulle-part-$RANDOM")
ok "$(awk -v a="$bad" 'BEGIN { split(a, x); exit !(x[1] == 404 && x[2] <= 1.2) }'; echo $?)" "what is no request takes no worker" "$bad"
wait $blockers $lock
blockers=
ok "$(awk '$2 > 5 { bad = 1 } END { exit bad || NR == 0 }' "$tmp/held"; echo $?)" "nobody waited longer than 5 s: $(awk '$2 > m { m = $2 } END { print m }' "$tmp/held") s" "$(sort "$tmp/held" | uniq -c | head)"
good() { [ "$(ask "$BASE/fiches?q=eau&n=$RANDOM" | cut -d' ' -f1)" = 200 ]; }
until_ 5 good
ok $? "all is well once the base answers again"
[ "$(metric slots_short_total)" -ge 1 ]; ok $? "the metric counts who was told so"
journal_has 'no worker is free' 503; ok $? "so does the journal"

# --- no room left for the base: its tables on a volume of 64 MB, its log elsewhere, as it should be
chown postgres "$dir/room"
"$top/tools/cluster.sh" psql "$VAR/postgresql" -d postgres -Xq -c "create tablespace volume_des_textes location '$dir/room'" && sql "alter table private.work set tablespace volume_des_textes; alter table private.submission set tablespace volume_des_textes"
ok $? "the texts are on a small volume"
send essai
is "$status" 201 "there is room"
fallocate -l 64M "$dir/room/rempli" 2>/dev/null || dd if=/dev/zero of="$dir/room/rempli" bs=64k 2>/dev/null
long=$(head -c 6000 /dev/urandom | base64 -w0 | head -c 7000 | sed 's/[+/=]/ /g')
filled() { # until a page more is wanted
	get /fiches -X POST -H 'Content-Type: application/json' -H 'Accept: application/json' -H "Authorization: Bearer $token" --data "{\"type\":\"exemple\",\"titre\":\"Essai des manques\",\"sections\":{\"contexte\":\"$long $RANDOM\"}}"
	[ "$status" != 201 ]
}
until_ 30 filled
is "$status $(head_of Retry-After)" "503 2" "with no room left, what is sent is refused, for a moment"
get "/fiches?n=$RANDOM"
is "$status" 200 "all can be read"
get /contribuer/sans-compte
is "$status" 200 "forms too"
unlike "$(cat "$tmp/body" "$tmp/head")" 'No space|base/|volume_des_textes|53100' "nothing is said of the inside"
journal_has '53100\|could not extend' 503; ok $? "the journal says why"
[ "$(curl -s "$BASE/metrics/1" "$BASE/metrics/2" | grep -c 'code="5xx"')" -ge 1 ]; ok $? "the metric counts it"
rm -f "$dir/room/rempli"
takes() { send essai; [ "$status" = 201 ]; }
until_ 5 takes
ok $? "with room again, it is taken; nothing was restarted"

# --- no descriptor left
pid=$(cat "$VAR/catalysed-1.pid") pid2=$(cat "$VAR/catalysed-2.pid")
before=$(ls "/proc/$pid/fd" | wc -l)
for p in $pid $pid2; do prlimit --pid "$p" --nofile=$(($(ls "/proc/$p/fd" | wc -l) + 2)):; done
for ((i = 0; i < 60; i++)); do curl -s -m 15 -o /dev/null -w '%{http_code}\n' "$BASE/fiches?q=sable&n=$i" >>"$tmp/short" & blockers+=" $!"; done
wait $blockers
blockers=
kill -0 "$pid" && kill -0 "$pid2"; ok $? "without descriptors the program goes on: $(sort "$tmp/short" | uniq -c | tr '\n' ' ')"
for p in $pid $pid2; do prlimit --pid "$p" --nofile=4096:; done
from=$(date +%s%N)
until_ 5 good
took=$((($(date +%s%N) - from) / 1000000))
[ $took -le 1500 ]; ok $? "with some again, it answers at once: $took ms"
[ "$(metric descriptors_short_total)" -ge 1 ]; ok $? "the metric counts it"
journal_has 'no descriptor left' paused; ok $? "the journal says it"

# --- no room left for the journal
dd if=/dev/zero of="$dir/log/rempli" bs=4k 2>/dev/null
until_ 5 good
ok $? "without room for the journal requests are answered"
send essai
is "$status" 201 "and what is sent is taken"
rm -f "$dir/log/rempli"
get "/fiches?q=apres-$RANDOM"
grew() { tail -n 3 "$VAR/log/catalysed-1.log" "$VAR/log/catalysed-2.log" | grep -q '"request"\|msg'; good; }
until_ 5 grew
ok $? "the journal goes on with room again"
[ "$(cat "$VAR/catalysed-1.pid" "$VAR/catalysed-2.pid" | tr '\n' ' ')" = "$pid $pid2 " ] && kill -0 "$pid" && kill -0 "$pid2"
ok $? "the same two processes all along"
end
