#!/usr/bin/env bash
# An age in MINUTES (30): the site as the demo starts it, at half of what it can do, which is measured first. Ten slices, after a warm-up of one
# more: each at 0.4 to 0.6 of what was measured, descriptors stay as many, memory within 5 %, p99 of the last within 1.1 of the first (P99_MOST), nothing fails, nothing is started again.
# TAP, and a table. On a machine that does nothing else: what p99 says is else its neighbours'. make check-soak, make check-soak MINUTES=3.
set -uo pipefail
top=${top_srcdir:?run me by make check-soak} build=${top_builddir:?}
minutes=${MINUTES:-30} most=${P99_MOST:-1.1}
command -v wrk >/dev/null || { echo "skipped: needs wrk"; exit 77; }
var=$build/tests/chaos/soak.var table=$build/tests/chaos/soak.tsv
for ((port = 19600 + RANDOM % 300; port < 20000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
rm -rf "$var"
mkdir -p "$var"
sampler=
end() {
	[ -z "$sampler" ] || kill "$sampler" 2>/dev/null
	"$top/tools/demo" reset --var "$var" --build "$build" >/dev/null 2>&1
	rm -rf "$var"
}
trap end EXIT
trap 'exit 1' INT TERM
"$top/tools/demo" start --var "$var" --build "$build" --port "$port" --throwaway >"$var/demo.log" 2>&1 || { tail -n 20 "$var/demo.log"; echo "Bail out! the environment did not start"; exit 1; }
site=http://127.0.0.1:$port fail=0
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; fi; }
sql() { "$top/tools/cluster.sh" psql "$var/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "set search_path to private, catalyse, public" -c "$1"; }
token=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
sql "with c as (insert into contributor (name) values ('Essai de durée') returning id), a as (insert into account (id, email, state, confirmed_at)
	select id, 'duree@essai.example', 'actif', now() from c returning id) insert into api_token (hash, account_id, name, scopes, expires_at)
	select encode(sha256('$token'), 'hex'), id, 'duree', '{lire,ecrire}', now() + interval '1 day' from a" || exit 1

one=$(cat "$var/catalysed-1.pid") two=$(cat "$var/catalysed-2.pid") nginx=$(cat "$var/nginx/nginx.pid") postgres=$(head -n 1 "$var/postgresql/data/postmaster.pid")
children() { cat "/proc/$1/task/$1/children" 2>/dev/null; }
rss() { local p; for p; do sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) .*/\1/p' "/proc/$p/status" 2>/dev/null; done | awk '{ n += $1 } END { print n + 0 }'; }
fds() { local p; for p; do ls "/proc/$p/fd" 2>/dev/null; done | wc -l; }
# A line each five seconds: slice, then memory (kB) and descriptors of both instances and of nginx, sessions of PostgreSQL.
sample() {
	while sleep 5; do
		echo "$(cat "$var/slice") $(rss "$one") $(rss "$two") $(fds "$one") $(fds "$two") $(rss $(children "$nginx")) $(fds $(children "$nginx")) $(children "$postgres" | wc -w)" >>"$var/samples"
	done
}
run() { # SECONDS CONNECTIONS PAUSE SLICE: sets requests wrong broken p99 rate
	wrk -t1 -c"$2" -d"$1s" --timeout 10s -s "$top/tests/chaos/soak.lua" "$site" -- "$token" "$4" "$3" >"$var/wrk" 2>&1
	read -r _ requests wrong broken p99 rate < <(grep '^counts ' "$var/wrk") || { cat "$var/wrk"; exit 1; }
}
run 5 32 0 chauffe
run 20 32 0 capacite
[ "$wrong$broken" = 00 ]; say $? "at its most: $rate requests a second, $wrong wrong, $broken broken"
capacity=$rate wanted=$((rate / 2))
# Connections that pause fifty milliseconds on average, as many as it takes; then again by what was seen, until it is half within a tenth.
clients=$((wanted / 20 + 1))
[ $clients -le 512 ] || clients=512
pause=$((1000 * clients / wanted))
[ $pause -ge 1 ] || pause=1
for try in 1 2 3 4; do
	run 10 $clients $pause "reglage$try"
	[ $((rate * 10)) -lt $((wanted * 9)) ] || [ $((rate * 10)) -gt $((wanted * 11)) ] || break
	pause=$(awk -v p=$pause -v c=$clients -v r="$rate" -v w=$wanted 'BEGIN { x = p + 1000 * c / w - 1000 * c / r; printf "%d", x < 1 ? 1 : x + .5 }')
done
seconds=$((minutes * 6)) total=0 bad=0 cut=0
echo 0 >"$var/slice"
: >"$var/samples"
sample &
sampler=$!
echo "# $capacity requests a second at most; $clients connections that pause $pause ms, ten slices of $seconds s; load $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores"
printf '# slice\trequests\ta second\tp99 ms\twrong\tbroken\tload\n'
printf 'slice\trequests\trate\tp99_us\twrong\tbroken\tload\n' >"$table"
for slice in 0 1 2 3 4 5 6 7 8 9 10; do # 0: to warm up
	echo $slice >"$var/slice"
	run $seconds $clients $pause $slice
	total=$((total + requests)) bad=$((bad + wrong)) cut=$((cut + broken))
	read -r load _ </proc/loadavg
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' $slice "$requests" "$rate" "$p99" "$wrong" "$broken" "$load" >>"$table"
	printf '# %s\t%s\t%s\t%s\t%s\t%s\t%s\n' $slice "$requests" "$rate" "$(awk -v p="$p99" 'BEGIN { printf "%.1f", p / 1000 }')" "$wrong" "$broken" "$load"
done
kill "$sampler" 2>/dev/null
wait "$sampler" 2>/dev/null
sampler=
mean() { awk -v s="$1" -v c="$2" '$1 == s { n++; t += $c } END { printf "%.0f", n ? t / n : 0 }' "$var/samples"; }
thirds() { awk -v a="$1" -v b="$2" -v c="$3" '$1 >= a && $1 <= b { n++; t += $c } END { printf "%.1f", n ? t / n : 0 }' "$var/samples"; }
say $((bad + cut > 0)) "$total requests at half capacity for $minutes minutes: $bad wrong, $cut broken"
awk -F '\t' -v c="$capacity" 'NR > 1 { n++; if ($3 < 0.4 * c || $3 > 0.6 * c) bad = 1 } END { exit bad || n != 11 }' "$table"
say $? "each slice at half of $capacity a second, within a tenth of the whole: $(awk -F '\t' 'NR > 1 { if (!n++ || $3 < a) a = $3; if ($3 > b) b = $3 } END { print a, "to", b }' "$table")"
for column in "2 instance 1" "3 instance 2" "6 nginx"; do
	read -r c name <<<"$column"
	first=$(mean 1 "$c") last=$(mean 10 "$c")
	[ "$first" -gt 0 ] && [ $((last * 100)) -le $((first * 105)) ]; say $? "memory of $name: $first kB, then $last kB"
done
for column in "4 instance 1" "5 instance 2" "7 nginx" "8 PostgreSQL (sessions)"; do
	read -r c name <<<"$column"
	# From one moment to the next some connections come and go: what is kept would show in the mean of the last three slices.
	first=$(thirds 1 3 "$c") last=$(thirds 8 10 "$c")
	awk -v a="$first" -v b="$last" 'BEGIN { exit !(a > 0 && b <= a + 2) }'; say $? "descriptors of $name: $first on average, then $last"
done
awk -F '\t' -v m="$most" '$1 == 1 { a = $4 } $1 == 10 { b = $4 } END { exit !(a > 0 && b <= a * m) }' "$table"
say $? "p99: $(awk -F '\t' '$1 == 1 || $1 == 10 { printf "%.1f ms ", $4 / 1000 }' "$table")(at most $most times the first)"
[ "$(cat "$var/catalysed-1.pid") $(cat "$var/catalysed-2.pid")" = "$one $two" ] && kill -0 "$one" && kill -0 "$two" && ! grep -h '"level":"error"' "$var"/log/catalysed-*.log | head -n 3 | grep .
say $? "nothing was started again, no error in the journal"
said=$(curl -fsS -m 10 "$site/metrics/1" | sed -n 's/^process_open_fds //p')
awk -v a="$said" -v b="$(fds "$one")" 'BEGIN { exit !(a > 0 && a <= b + 5 && b <= a + 5) }'
say $? "process_open_fds says the same ($said)"
exit $fail
