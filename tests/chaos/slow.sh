#!/usr/bin/env bash
# CLIENTS (1000) slow clients at once, that send their head, then their body, then read, a little at a time (slowhttptest), from a machine that
# no limit by address holds back: a good client beside them is answered, always. TAP. Run by make check-chaos; 77 where slowhttptest is absent.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?}
clients=${CLIENTS:-1000} seconds=${SECONDS_EACH:-20}
for program in slowhttptest wrk; do command -v $program >/dev/null || { echo "skipped: needs $program (apt install $program)"; exit 77; }; done
var=$build/tests/chaos/slow.var
for ((port = 19600 + RANDOM % 300; port < 20000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
rm -rf "$var"
mkdir -p "$var"
slow=
end() {
	[ -z "$slow" ] || { kill "$slow" 2>/dev/null; wait "$slow" 2>/dev/null; }
	"$top/tools/demo" reset --var "$var" --build "$build" >/dev/null 2>&1
	rm -rf "$var"
}
trap end EXIT
trap 'exit 1' INT TERM
"$top/tools/demo" start --var "$var" --build "$build" --port "$port" --throwaway >"$var/demo.log" 2>&1 || { tail -n 20 "$var/demo.log"; echo "Bail out! the environment did not start"; exit 1; }
site=http://127.0.0.1:$port fail=0
ulimit -n "$(ulimit -Hn)"
attack() { # NAME ARGUMENTS...
	local name=$1 open requests faults
	shift
	slowhttptest -c "$clients" -r 400 -l $((seconds + 5)) -i 2 -p 5 "$@" >"$var/slow.out" 2>&1 &
	slow=$!
	# Not before they are there.
	for ((n = 0; n < 200; n++)); do
		open=$(ss -Htn state established "sport = :$port" | wc -l)
		[ "$open" -ge $((clients * 8 / 10)) ] && break
		sleep 0.1
	done
	wrk -t1 -c4 -d"${seconds}s" --latency --timeout 10s -s "$top/tests/chaos/rolling.lua" "$site" -- "" "$name" >"$var/wrk" 2>&1
	kill "$slow" 2>/dev/null
	wait "$slow" 2>/dev/null
	slow=
	read -r _ requests faults broken < <(grep '^counts ' "$var/wrk")
	if [ "${requests:-0}" -ge $((seconds * 10)) ] && [ "$((faults + broken))" = 0 ] && [ "$open" -ge $((clients / 2)) ]; then
		echo "ok - $open clients slow to $name, $requests requests beside them, 0 failed, p99 $(awk '$1 == "99%" { print $2 }' "$var/wrk")"
	else
		echo "not ok - $open clients slow to $name: ${requests:-0} requests, ${faults:-?} wrong, ${broken:-?} broken"
		tail -n 15 "$var/slow.out" | sed 's/^/#   /'
		fail=1
	fi
}
attack head -H -u "$site/fiches"
attack body -B -s 8192 -u "$site/connexion"
attack read -X -w 10 -y 20 -n 2 -z 10 -k 3 -u "$site/fiches"
exit $fail
