#!/usr/bin/env bash
# make bench-crawl: robots go through the site map. An unlimited one, a first time then again, for what its pages cost; the same beside people who
# read; then one of each family that nginx counts, each asking for far more than it may, beside the same people.
#   tests/bench/crawl.sh [--build DIR] [--seconds N] [--doc FILE|none]
# On the site of BENCH_VAR and BENCH_SITE (make bench), else on one of its own. FIGURES: a file that figures are added to. Writes its section, to
# the standard output by default. Never a timed test: exits 0 when it could be measured.
set -euo pipefail
export LC_ALL=C.UTF-8
top=$(cd "$(dirname "$0")/../.." && pwd)
me=bench-crawl build=$PWD seconds=20 doc=- figures=${FIGURES:-}
. "$top/tests/bench/lib.sh"
options "$@"
site_ crawl 18900
part=$(((seconds + 4) / 5)) people=20
run=$var/parcours
mkdir -p "$run"
# Every address of the site map, in an order drawn once: what is asked of it in the time there is stands for the whole.
base=$(sed -n 's/^BASE_URL=//p' "$var/catalyse.conf")
locs() { curl -fsS "$site$1" | grep -o '<loc>[^<]*' | sed "s|^<loc>$base||"; }
locs /sitemap.xml >"$run/maps"
while read -r map; do locs "$map"; done <"$run/maps" >"$run/all"
sort -R --random-source="$top/tests/bench/crawl.sh" "$run/all" >"$run/paths" # one order, the same each time
maps=$(wc -l <"$run/maps") all=$(wc -l <"$run/paths")
[ "$all" -gt 100 ] || fail "the site map has $all addresses"
read -r busy _ </proc/loadavg
phase() { # NAME PEOPLE ROBOT...: what was seen in $run/NAME, what it cost in split_NAME
	local name=$1 people=$2
	shift 2
	costing "$run/$name" node "$top/tests/bench/crawl.mjs" "$site" "$part" "$run/paths" "$people" "$@"
	echo "$split" >"$run/split_$name"
	sed "s/^/  $name: /" "$run/$name" >&2
}
cell() { awk -F '\t' -v k="$2" -v c="$3" '$1 == k { print $c }' "$run/$1"; }
share() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.0f %%", (b > 0 ? 100 * a / b : 0) }'; }
phase people $people
phase first 0 engine:8:free
phase again 0 "engine:8:free:0:$(cell first engine 2)"
phase beside $people "engine:8:free:$(cell first engine 2)"
phase limited $people engine:4:limited ai:4:limited positions:4:limited unknown:4:limited
for p in first again; do figure_split crawl_$p "$(each "$(cat "$run/split_$p")" "$(cell $p engine 4)")"; done
faults=$(awk -F '\t' '{ n += $8 } END { print n + 0 }' "$run"/{people,first,again,beside,limited})
figure crawl.faults "$faults"
[ "$doc" != none ] || exit 0
[ "$doc" = - ] || exec >"$doc"
cost() { # PHASE LABEL
	local s
	s=$(each "$(cat "$run/split_$1")" "$(cell "$1" engine 4)")
	read -r pg ca ng _ cl <<<"$s"
	echo "| $2 | $(cell "$1" engine 3) | $pg | $ca | $ng | $cl | $(share "$(cell "$1" engine 5)" "$(cell "$1" engine 4)") | $(cell "$1" engine 9) | $(cell "$1" engine 10) |"
}
person() { echo "| $2 | $(cell "$1" people 2) | $(cell "$1" people 9) | $(cell "$1" people 10) | $(cell "$1" people 11) | $(cell "$1" people 6) | $(cell "$1" people 8) |"; }
allowed() { sed -n "s/.*zone=catalyse_$1:[^ ]* rate=\([0-9]*\)r\/s;.*/\1/p" "$top/nginx/snippets/http.conf"; }
robot() { # NAME LABEL ZONE
	local a b
	a=$(cell limited "$1" 2) b=$(cell limited "$1" 4)
	echo "| $2 | $(allowed "$3") a second | $a | $b | $(share "$b" "$a") | $(share "$(cell limited "$1" 6)" "$a") | $(share "$(cell limited "$1" 7)" "$a") | $(cell limited "$1" 8) |"
}
cat <<DOC
## Profile: a crawl

The $all addresses of the site map ($maps files) in an order drawn once, nearly all of them territories; $part s a measure, compressed answers asked
for; load average before: $busy.

One robot that nothing limits, over 8 connections, without a pause, with nobody else; then over those same addresses, as often as it can.
Microseconds of processor a page.

| Unlimited robot | Pages a second | PostgreSQL | catalysed | nginx | load generator | Kept by nginx | Median, ms | p95, ms |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
$(cost first "first time")
$(cost again "the same again")

What $people people meet meanwhile, each reading a page and pausing 200 ms on average:

| People | Pages | Median, ms | p95, ms | Longest, ms | 429 | Faults |
|---|---:|---:|---:|---:|---:|---:|
$(person people "alone")
$(person beside "beside the unlimited robot, at other addresses")
$(person limited "beside the four limited ones")

One robot of each family over 4 connections, which waits 50 ms after each answer whatever it is, and one time in ten asks for what robots.txt closes.
What it may burst at first weighs more in so short a measure than in a day.

| Family | Allowed | Asked | Answered with a page | Share | Refused, 429 | Closed, 403 | Faults |
|---|---:|---:|---:|---:|---:|---:|---:|
$(robot engine "search engine" moteurs)
$(robot ai "trains or answers" ia)
$(robot positions "sells positions" referencement)
$(robot unknown "unknown, says it is a robot" inconnus)
DOC
