#!/usr/bin/env bash
# make bench-midi: a webinar at one o'clock. VISITORS (200) at once, each over a connection of its own from an address of its own, turn between
# the form of registration, the page of the event while it takes place and that of one to watch again, without a pause; each registers once. As
# many then ask nginx for a file of the size of a page, before and after, in the same run.
#   tests/bench/midi.sh [--build DIR] [--seconds N] [--doc FILE|none]
# On the site of BENCH_VAR and BENCH_SITE (make bench), else on one of its own. FIGURES: a file that figures are added to. Writes its section, to
# the standard output by default. Never a timed test: exits 0 when it could be measured.
set -euo pipefail
export LC_ALL=C.UTF-8
top=$(cd "$(dirname "$0")/../.." && pwd)
me=bench-midi build=$PWD seconds=10 doc=- figures=${FIGURES:-} visitors=${VISITORS:-200}
. "$top/tests/bench/lib.sh"
options "$@"
site_ midi 18800
sql() { psql_ -c 'set search_path to catalyse, private, public' "$@"; }

# One that has just begun, a hundred seats on site, no bound at a distance; one of last month, with its replay; one of next week, to register for.
sql -c "insert into event (ref, slug, title, summary, starts_on, starts_at, ends_at, mode, place, status, registration, origin)
	select 'midi-' || n, 'midi-' || n, 'Un webinaire à 13 h', 'Pour mesurer.', (t at time zone 'Europe/Paris')::date, t, t + interval '2 hours', 'mixte', 'Salle des voisins', 'confirme', 'ouverte', 'ours'
	from (values ('direct', now() - interval '5 minutes'), ('revoir', now() - interval '30 days'), ('venir', now() + interval '7 days')) x (n, t);
	insert into event_seat (event_id, mode, capacity) select id, m, case m when 'site' then 100 end from event, unnest(array['site', 'distance']) m where ref like 'midi-%';
	insert into event_document (event_id, kind, label, url) select id, 'replay', 'La rediffusion', 'https://video.example/midi' from event where ref = 'midi-revoir'" >/dev/null
address() { echo "/evenements/$(sql -c "select address from event where ref = 'midi-$1'")"; }
live=$(address direct) replay=$(address revoir) coming=$(address venir)
mkdir -p "$var/charge"
curl -fsS "$site$live" >"$var/charge/page.html" || fail "no page"
folder=$var/donnees # served by nginx as files
mkdir -p "$folder/midi"
mv "$var/charge/page.html" "$folder/midi/page.txt"
bytes=$(wc -c <"$folder/midi/page.txt")
read -r busy _ </proc/loadavg
run() { node "$top/tests/bench/midi.mjs" "$site" "$visitors" "$@"; }
run 2 "direct=$live" "inscription=$coming/inscription" >/dev/null
half=$(((seconds + 1) / 2))
run $half "statique=/donnees/midi/page.txt" >"$var/charge/before"
costing "$var/charge/pages" run "$seconds" "inscription=$coming/inscription" "direct=$live" "revoir=$replay" --register "$coming/inscription"
run $half "statique=/donnees/midi/page.txt" >"$var/charge/after"
mails=$(sql -c "select count(*) from mail_outbox where recipient like 'midi-%'")
cat "$var"/charge/{before,pages,after} >&2
value() { awk -F '\t' -v k="$1" -v c="$2" '$1 == k { print $c }' "$3"; }
rate=$(awk -F '\t' '$1 != "envoi" { n += $3 } END { print n }' "$var/charge/pages")
static=$(awk -F '\t' '{ n += $3 } END { print n / NR }' "$var/charge/before" "$var/charge/after")
worst=$(awk -F '\t' '$1 != "envoi" && $5 > w { w = $5 } END { print w }' "$var/charge/pages")
static_p95=$(awk -F '\t' '$5 > w { w = $5 } END { print w }' "$var/charge/before" "$var/charge/after")
faults=$(awk -F '\t' '{ n += $7 } END { print n }' "$var"/charge/{before,pages,after})
verdict() { awk -v a="$1" -v b="$2" 'BEGIN { print a <= b ? "pass" : "short" }'; }
table() {
	echo "| Target | Measured | Wanted | |"
	echo "|---|---:|---:|---|"
	echo "| Faults, $visitors visitors at once | $faults | 0 | $(verdict "$faults" 0) |"
	echo "| p95 of the form, the live page and the replay, the slowest | $worst | <= 100 ms | $(verdict "$worst" 100) |"
}
table >&2
cost=$(each "$split" "$(awk -F '\t' '{ n += $2 } END { print n }' "$var/charge/pages")")
figure_split midi "$cost"
[ "$doc" != none ] || exit 0
[ "$doc" = - ] || exec >"$doc"
read -r pg ca ng _ cl <<<"$cost"
cat <<DOC
## Profile: one o'clock

$visitors visitors at once, each over a connection of its own from an address of its own, turn without a pause between the form of registration, the page of
an event that takes place and one to watch again; each sends the form once; $seconds s; load average before: $busy.

$(table)

| Page | Answers | A second | Median, ms | p95, ms | Longest, ms | Faults |
|---|---:|---:|---:|---:|---:|---:|
$(awk -F '\t' '{ printf "| %s | %s | %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5, $6, $7 }' "$var/charge/pages")
$(awk -F '\t' '{ printf "| %s, %s | %s | %s | %s | %s | %s | %s |\n", $1, FILENAME ~ /before/ ? "before" : "after", $2, $3, $4, $5, $6, $7 }' "$var/charge/before" "$var/charge/after")

- Microseconds of processor an answer, forms included: PostgreSQL $pg, catalysed $ca, nginx $ng, load generator $cl.
- Pages a second over files of $bytes bytes a second, by nginx, same visitors, same run: $(awk -v a="$rate" -v b="$static" 'BEGIN { printf "%.2f", a / b }') ($rate over $(printf '%.0f' "$static")); p95 of the file: $static_p95 ms.
- « envoi » is the form as each visitor sends it, a mail queued in its transaction: $mails mails for $(value envoi 2 "$var/charge/pages") forms. These are not kept by nginx: they are what the application does while pages come from the cache.
- The form is the same for everybody, its token included, so nginx keeps it a second like any page.
DOC
