#!/bin/bash
# The promises of the acceptor, on a server of a few routes: who may connect, what pins a thread, what ends it.
# Needs tiny_server and fcgi_client (built by make check). Under 20 seconds.
set -u
bin=${CHAOS_BIN:-${top_builddir:-.}/tests}
server=${TINY_SERVER:-$bin/chaos/tiny_server}
client=${FCGI_CLIENT:-$bin/http/fcgi_client}
dir=$(mktemp -d /tmp/chaos.XXXXXX) || exit 1
chmod 755 "$dir"
sock=$dir/a.sock
failed=0
pid=
holders=()

cleanup() {
	for p in "${holders[@]:-}" $pid; do [ -n "$p" ] && kill -KILL "$p" 2>/dev/null; done
	rm -rf "$dir"
}
trap cleanup EXIT

say() { # say CONDITION-STATUS WORDS
	if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; failed=1; fi
}
metrics_texts() { "$client" -t 2000 "$sock" /metrics; }
journal_files() { echo "$dir/log"; }
. "$(dirname "$0")/told.sh"
start() { # start THREADS READ_MS WRITE_MS [PEERS]
	TINY_LOG=1 "$server" "$sock" "$@" 2>"$dir/log" &
	pid=$!
	for _ in $(seq 100); do [ -S "$sock" ] && return; sleep 0.02; done
	echo "not ok - the server does not start"; cat "$dir/log"; exit 1
}
stop() {
	kill -TERM "$pid"; wait "$pid"; local rc=$?
	pid=
	return $rc
}
ms() { echo $(($(date +%s%N) / 1000000)); }
hold() { # connections held open in the background, as told by the client's options
	"$client" -w 8000 "$@" >"$dir/held" &
	holders+=($!)
	for _ in $(seq 100); do grep -qs held "$dir/held" && return; sleep 0.02; done
}
release() { for p in "${holders[@]:-}"; do [ -n "$p" ] && kill "$p" 2>/dev/null; done; wait "${holders[@]:-}" 2>/dev/null; holders=(); }
answers_within() { # answers_within MS [PATH]: once of three times, the machine doing other work; a worker that is held is held for all three
	local from
	for _ in 1 2 3; do
		from=$(ms)
		"$client" -q -t "$1" "$sock" "${2:-/tiny}" && [ $(($(ms) - from)) -le "$1" ] && return
	done
	return 1
}

start 4 5000 10000
from_here
hold -n 4 -c 60 "$sock" /tiny
hold -n 200 -c 0 "$sock"
answers_within 100; say $? "4 half-sent requests and 200 silent connections, 4 workers: answered at once"
for _ in 1 2 3 4 5 6 7 8; do "$client" -q -t 200 "$sock" /tiny || failed=1; done
hold -n 8 "$sock" /big
answers_within 100; say $? "8 peers that do not read 1 MiB, 4 workers: answered at once"
[ "$(metric workers_busy)" = 1 ] && [ "$(grew slots_short_total)" = 0 ]; say $? "the metrics: one worker is busy, with this question; nobody was told that there is none"
! said 'no worker is free'; say $? "nor does the journal say so"
release
from_here

# Bytes that are not a request; each is closed without an answer and harms nobody.
for bytes in 'GET / HTTP/1.0\r\n\r\n' '\x01' '\x01\x09\x00\x00\x00\x08\x00\x00xxxxxxxx' \
	'\x01\x01\x00\x01\x00\x08\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00' \
	'\x01\x01\x00\x00\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00' \
	'\x01\x01\x00\x01\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01\x04\x00\x01\x00\x08\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff' \
	'\x01\x01\x00\x01\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01\x04\x00\x01\x00\x08\x00\x00\x7f\xff\xff\xff\x7f\xff\xff\xff' \
	'\x01\x01\x00\x01\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01\x05\x00\x01\x00\x00\x00\x00' \
	'\x01\x01\x00\x01\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01\x09\x00\x00\x00\x08\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff'; do
	printf "$bytes" | "$client" -r - -t 300 "$sock" >/dev/null 2>&1
	[ $? -ne 0 ] || { failed=1; echo "not ok - answered: $bytes"; }
done
for seed in $(seq 60); do
	head -c 300 /dev/urandom | "$client" -r - -t 5 "$sock" >/dev/null 2>&1
	{ printf '\x01\x01\x00\x01\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01\x04\x00\x01\x00\xff\x00\x00'
		head -c 400 /dev/urandom; } | "$client" -r - -t 5 "$sock" >/dev/null 2>&1
done
kill -0 "$pid" 2>/dev/null && answers_within 100; say $? "129 streams of wrong bytes: alive, the next request answered at once"
rose peers_refused_total 60; say $? "the metric counts those that were no request: $(grew peers_refused_total)"
said 'not a FastCGI request' bytes; say $? "the journal says of each how many bytes were seen ($(since | grep -c 'not a FastCGI request'))"
from_here

"$client" -X POST -d 'q=abcdef' -l 100 "$sock" /post | grep -q '^Status: 400'; say $? "a body shorter than CONTENT_LENGTH: 400"
"$client" -X POST -d 'q=abcdef' -l 3 "$sock" /post | grep -q '^Status: 400'; say $? "a body longer than CONTENT_LENGTH: 400"
"$client" -X POST -d 'q=abcdef' -l 9999999 "$sock" /post | grep -q '^Status: 413'; say $? "a body above the limit: 413"
"$client" "$sock" /count | grep -q '^posted 0'; say $? "none of them reached the handler"
"$client" -X POST -d 'q=abcdef' "$sock" /post | grep -q '^got 8'; say $? "a whole body reaches it"
"$client" -k -R 50 "$sock" /tiny | grep -c '^Status: 200' | grep -qx 50; say $? "50 requests on one kept connection"
"$client" "$sock" /fail.json | grep -q 'secret'; [ $? -ne 0 ]; say $? "an error tells nothing internal"
"$client" "$sock" /greedy | grep -q '^Status: 503'; say $? "a handler that eats all its memory: 503"
[ "$(grew memory_short_total)" = 1 ] && said '"route":"/greedy"' '"status":503'; say $? "the metric counts it, the journal says which route"
said '"route":"/fail"' 'select secret'; say $? "what the error did not tell is in the journal"
said '"route":"/post","status":413' && [ "$(since | grep -c '"route":"/post","status":400')" = 2 ]; say $? "so are the bodies that were refused"
[ "$(stat -c %a "$sock")" = 660 ]; say $? "the socket is 0660"
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	chmod 666 "$sock" # beyond the file's rights: the peer's user is what counts
	cp "$client" "$dir/client" && chmod 755 "$dir/client"
	from_here
	setpriv --reuid=65534 --regid=65534 --clear-groups "$dir/client" -t 2000 "$sock" /tiny >/dev/null
	[ $? -eq 3 ]; say $? "another user is refused"
	[ "$(grew peers_refused_total)" = 1 ] && said 'peer not allowed'; say $? "the metric counts it, the journal says it"
fi
if command -v prlimit >/dev/null; then
	from_here
	prlimit --pid "$pid" --nofile=40:
	hold -n 60 -c 0 "$sock"
	cpu() { awk '{print $14 + $15}' "/proc/$pid/stat"; }
	a=$(cpu); sleep 1; b=$(cpu)
	[ $((b - a)) -le 20 ]; say $? "out of descriptors: no spinning ($((b - a)) ticks in a second)"
	release
	answers_within 1000; say $? "descriptors are back: answered within a second"
	rose descriptors_short_total && said 'no descriptor left' paused; say $? "the metric counts it ($(grew descriptors_short_total)), the journal says it"
	prlimit --pid "$pid" --nofile=1024:
fi
"$client" -k -x -q "$sock" /tiny
[ $? -eq 5 ]; say $? "nothing follows the answer on a connection that is kept"
"$client" "$sock" '/slow?page=40' >"$dir/slow" & slow=$!
"$client" -k -x -q "$sock" '/slow?page=40' & kept=$!
sleep 0.1
"$client" -w 5000 -k "$sock" /tiny >/dev/null & idle=$!
holders+=($idle)
sleep 0.1
from=$(ms)
stop; rc=$?
to=$(ms)
wait $slow
grep -q '^slept' "$dir/slow"; say $? "SIGTERM: what was in flight is answered"
wait $kept; say $? "SIGTERM: what follows an answer tells nginx not to keep the connection"
said '"msg":"draining"' && said '"msg":"stopped"' '"stuck":0'; say $? "SIGTERM: the journal says that it drained, and stopped with nothing stuck"
[ $rc -eq 0 ] && [ $((to - from)) -le 4500 ]; say $? "SIGTERM: exit status $rc after $((to - from)) ms, one kept connection idle"
[ ! -e "$sock" ]; say $? "its socket is gone"
release

start 2 500 800
from_here
from=$(ms)
"$client" -c 60 -t 3000 "$sock" /tiny; rc=$?
to=$(ms)
[ $rc -eq 3 ] && [ $((to - from)) -ge 400 ] && [ $((to - from)) -le 1000 ]; say $? "a half-sent request is cut at the deadline ($((to - from)) ms for 500)"
[ "$(grew requests_cut_total)" = 1 ] && said 'cut at its deadline' 'not whole'; say $? "the metric counts it, the journal says why"
from_here
"$client" -n 1 -w 3000 "$sock" /big >/dev/null
[ "$(grew requests_cut_total)" = 1 ] && said 'cut at its deadline' 'not read'; say $? "who does not read is cut too, and counted, and said"
stop; say $? "stopped"
exit $failed
