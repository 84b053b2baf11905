#!/usr/bin/env bash
# catalysed without nginx: one request as plain CGI; over TCP, with its list of who may come; under systemd's protocol
# (socket passed, ready, watchdog, stopping). The same program under the sanitizers in check-sanitizers-http.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")
program=$top_builddir/catalysed conf=$VAR/catalyse.conf
pids=()
trap 'for p in "${pids[@]}"; do kill -TERM "$p" 2>/dev/null && wait "$p" 2>/dev/null; done; rm -rf "$tmp"' EXIT
wait_for() { local i; for ((i = 0; i < 100; i++)); do eval "$1" && return; sleep 0.1; done; return 1; }

cgi() { # METHOD URI [NAME=VALUE...]: standard input is the body
	local method=$1 uri=$2
	shift 2
	env -i PATH="$PATH" LSAN_OPTIONS="${LSAN_OPTIONS:-}" REQUEST_METHOD="$method" REQUEST_URI="$uri" DOCUMENT_URI="${uri%%\?*}" \
		QUERY_STRING="$(sed -n 's/^[^?]*?//p' <<<"$uri")" HTTP_HOST=essai REMOTE_ADDR=127.0.0.1 "$@" "$program" -c "$conf" >"$tmp/out" 2>"$tmp/err"
	status=$?
	head=$(sed '/^\r*$/q' "$tmp/out")
	sed '1,/^\r*$/d' "$tmp/out" >"$tmp/body"
}
cgi GET '/fiches.json?taille=1' </dev/null
is "$status" 0 "one request as CGI"
unlike "$head" '^Status: [345]' "is answered"
is "$(jq_ '.elements | length')" 1 "in JSON"
cgi GET '/fiches.json?page=abc' </dev/null
like "$head" '^Status: 400' "a bad parameter is refused"
cgi GET / </dev/null
like "$(cat "$tmp/body")" '</html>' "a page is whole"
cgi POST /fiches CONTENT_LENGTH=99999999 CONTENT_TYPE=application/x-www-form-urlencoded </dev/null
like "$head" '^Status: 4(05|13)' "a body that is too large"
cgi POST /fiches CONTENT_LENGTH=12x </dev/null
like "$head" '^Status: 40[05]' "a length that is no number"
cgi POST /fiches CONTENT_LENGTH=10 <<<abc
like "$head" '^Status: 40[05]' "a body cut short"
unlike "$(cat "$tmp/err")" 'ERROR: |runtime error|"level":"error"' "nothing wrong in the log"

for ((port = 20500 + RANDOM % 400; port < 21000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
CATALYSE_LISTEN_TCP=127.0.0.1:$port CATALYSE_TCP_ALLOW=127.0.0.3,127.1.0.0/16 "$program" -c "$conf" 2>"$tmp/tcp.log" &
pids+=($!)
wait_for "grep -q 'catalysed serves' '$tmp/tcp.log'"
ok $? "over TCP" "$(cat "$tmp/tcp.log")"
for from in 127.0.0.3 127.1.2.3; do
	out=$(perl "$here/process.pl" ask "$port" "$from" '/fiches.json?taille=1')
	is "$? $(sed '1,/^\r*$/d' <<<"$out" | jq '.elements | length')" "0 1" "$from may ask"
done
for from in 127.0.0.1 127.0.0.4; do
	out=$(perl "$here/process.pl" ask "$port" "$from" '/fiches.json?taille=1' 2>/dev/null)
	is "$?$out" 3 "$from is shown the door"
done

perl "$here/process.pl" notify "$tmp/notify" "$tmp/notified" &
pids+=($!)
wait_for "[ -S '$tmp/notify' ]"
# exec: the process that is told of the watchdog is the one that listens
(export CATALYSE_THREADS=1 CATALYSE_QUERY_DEADLINE_MS=60000 CATALYSE_DATABASE="$(sed -n 's/^DATABASE=//p' "$conf") options='-c statement_timeout=0 -c lock_timeout=0'"
	NOTIFY_SOCKET=$tmp/notify WATCHDOG_USEC=400000 exec perl "$here/process.pl" held "$tmp/held.sock" "$program" -c "$conf" 2>"$tmp/held.log") &
held=$!
pids+=("$held")
wait_for "grep -q READY=1 '$tmp/notified' 2>/dev/null"
ok $? "ready is said" "$(cat "$tmp/held.log" "$tmp/notified" 2>/dev/null)"
wait_for "[ \"\$(grep -c WATCHDOG=1 '$tmp/notified')\" -ge 3 ]"
ok $? "the watchdog is fed"
kill -STOP "$held"
sleep 0.3
n=$(wc -l <"$tmp/notified")
sleep 1
is "$(wc -l <"$tmp/notified")" "$n" "by the acceptor itself: held still, it is silent"
kill -CONT "$held"
wait_for "[ \"\$(wc -l <'$tmp/notified')\" -gt $n ]"
ok $? "then fed again"
out=$("$top_builddir/tests/http/fcgi_client" "$tmp/held.sock" /fiches.json 2>&1)
like "$out" '"elements"' "the socket passed is served"
# Workers that do not come back: the only one waits for a table that somebody holds.
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XqAt -c "$1"; }
sql "begin; lock table catalyse.sheet in access exclusive mode; set application_name to 'essai-verrou'; select pg_sleep(120)" >/dev/null 2>&1 &
lock=$!
wait_for "[ \"\$(sql \"select count(*) from pg_stat_activity where application_name = 'essai-verrou'\")\" = 1 ]"
"$top_builddir/tests/http/fcgi_client" -t 60000 "$tmp/held.sock" '/fiches.json?taille=1&essai=1' >"$tmp/stuck" 2>&1 &
stuck=$!
wait_for "[ \"\$(sql 'select count(*) from pg_locks where not granted')\" -ge 1 ]"
sleep 0.8
n=$(wc -l <"$tmp/notified")
sleep 0.8
kill -0 "$stuck" 2>/dev/null
is "$? $(wc -l <"$tmp/notified")" "0 $n" "all its workers stuck, it is silent though its acceptor runs"
sql "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'essai-verrou'" >/dev/null
wait "$lock"
wait "$stuck"
like "$(cat "$tmp/stuck")" '"elements"' "they come back: the request is answered"
wait_for "[ \"\$(wc -l <'$tmp/notified')\" -gt $n ]"
ok $? "and it is heard again"
kill -TERM "$held"
wait "$held"
is "$?" 0 "SIGTERM ends it well"
like "$(tail -n 3 "$tmp/notified")" 'STOPPING=1' "stopping is said"
[ -S "$tmp/held.sock" ]
ok $? "the socket passed is left to who passed it"
end
