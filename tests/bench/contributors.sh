#!/usr/bin/env bash
# make bench-contributors: WRITERS (8) people take sheets through their whole life without a pause (tests/chaos/writes.mjs: created, saved with the
# revision read, given a file, sent, taken by a reader, spoken of, published, corrected by somebody else, accepted, withdrawn); then people sign in
# one after the other, and a page of somebody signed in is read.
#   tests/bench/contributors.sh [--build DIR] [--seconds N] [--doc FILE|none]
# On the site of BENCH_VAR and BENCH_SITE (make bench), else on one of its own; what is committed is on the disk, as where it is installed. FIGURES: a
# file that figures are added to. Writes its section, to the standard output by default. Never a timed test: exits 0 when it could be measured.
set -euo pipefail
export LC_ALL=C.UTF-8
top=$(cd "$(dirname "$0")/../.." && pwd)
me=bench-contributors build=$PWD seconds=20 doc=- figures=${FIGURES:-} writers=${WRITERS:-8}
. "$top/tests/bench/lib.sh"
options "$@"
site_ contributors 19000
run=$var/ecritures
rm -rf "$run"
mkdir -p "$run"
sql() { psql_ -c 'set search_path to private, catalyse, public' -c "$1"; }
secret() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
# A throw-away base leaves its commits in memory: not while writes are timed.
for setting in fsync full_page_writes synchronous_commit; do psql_ -c "alter system set $setting = on"; done
psql_ -c 'select pg_reload_conf()' >/dev/null
sync -f "$var/postgresql/data"
psql_ -c checkpoint
person() { # NUMBER
	sql "with c as (insert into contributor (name) values ('Essai d’écriture $1') returning id) insert into account (id, email, state, confirmed_at)
		select id, 'ecriture$1@essai.example', 'actif', now() from c"
}
tokens=()
for ((n = 1; n <= writers; n++)); do
	tokens+=("$(secret)")
	person $n
	sql "insert into api_token (hash, account_id, name, scopes, expires_at) select encode(sha256('${tokens[n - 1]}'), 'hex'), id, 'ecriture', '{lire,ecrire}', now() + interval '1 day'
		from account where email = 'ecriture$n@essai.example'"
done
session=$(secret)
person 0
sql "insert into account_role (account_id, role, territory_id) select a.id, 'animateur', t.id from account a, territory t where a.email = 'ecriture0@essai.example' and t.type = 'region' and t.code = '04';
	update account set totp = 'scelle' where email = 'ecriture0@essai.example';
	insert into session (hash, account_id, second_factor, expires_at) select encode(sha256('$session'), 'hex'), id, true, now() + interval '1 day' from account where email = 'ecriture0@essai.example'"
read -r busy _ </proc/loadavg
lsn() { psql_ -c 'select pg_current_wal_insert_lsn()'; }
# So many corrections in so few seconds are more than one person may send: what is counted of them is forgotten as they go.
write_() {
	local pid
	ONCE=1 node "$top/tests/chaos/writes.mjs" "$site" "$run/sent" "$session" "${tokens[@]}" &
	pid=$!
	{ sleep "$seconds"; : >"$run/sent.stop"; } &
	while kill -0 $pid 2>/dev/null; do sql "delete from attempt where kind = 'suggestion'"; sleep 0.5; done
	wait $pid
}
from=$(lsn) begun=$(date +%s%N)
costing "$run/writers" write_
lasted=$(($(date +%s%N) - begun))
wal=$(psql_ -c "select pg_wal_lsn_diff('$(lsn)', '$from')::bigint")
writes=$(wc -l <"$run/sent")
[ "$writes" -gt 0 ] || fail "nothing was written: $(tail -n 3 "$run/writers")"
cost=$(each "$split" "$writes")
rate=$(awk -v n="$writes" -v t="$lasted" 'BEGIN { printf "%.0f", n * 1e9 / t }')
figure_split write "$cost"
figure write.wal $((wal / writes))
figure write.rate "$rate"
say "  $writes writes, $rate a second, $cost us, $((wal / writes)) bytes of WAL each; $(tail -n 1 "$run/writers")"

# Signing in, one after the other, each from an address of its own; the password is checked for good.
signins=20 wrong=0 password=$(cat "$var/demo-password")
sign_in() {
	local n token answer
	for ((n = 1; n <= signins; n++)); do
		curl -sS -o "$run/form" "$site/connexion"
		token=$(grep -o 'name="jeton" value="[^"]*"' "$run/form" | head -n 1 | sed 's/.*value="//; s/"$//')
		answer=$(curl -sS -o "$run/signed" -c "$run/jar" -w '%{http_code}\t%{time_total}' "$site/connexion" -H 'Sec-Fetch-Site: same-origin' -H "X-Forwarded-For: 198.18.7.$n" \
			--data-urlencode "jeton=$token" --data-urlencode courriel=contributeur@demo.example --data-urlencode "mot_de_passe=$password")
		echo "$answer" >>"$run/signins"
	done
}
costing "$run/signing" sign_in
wrong=$(awk '$1 != 303 { n++ } END { print n + 0 }' "$run/signins")
[ "$wrong" = 0 ] || fail "$wrong of $signins could not sign in: $(tail -n 1 "$run/signins")"
signed=$(each "$split" $signins)
figure_split signin "$signed"
costing "$run/wrk" wrk -t 1 -c 8 -d "$(((seconds + 4) / 5))s" -H "Cookie: session=$(awk '$6 == "session" { print $7 }' "$run/jar")" "$site/mon-espace"
grep -q 'Non-2xx' "$run/wrk" && fail "/mon-espace: $(grep Non-2xx "$run/wrk")"
space=$(each "$split" "$(awk '/requests in/ { print $1 }' "$run/wrk")")
figure_split member "$space"
[ "$doc" != none ] || exit 0
[ "$doc" = - ] || exec >"$doc"
quantiles() { sort -n | awk '{ v[NR] = $1 } function q(p,   i) { i = int(NR * p) + 1; return v[i > NR ? NR : i] } END { printf "%.1f | %.1f | %.1f", q(.5), q(.95), q(.99) }'; }
steps() { # the words of writes.mjs, in its order
	local s name
	while read -r s name; do
		echo "| $name | $(awk -v s="$s" '$1 == s' "$run/sent" | wc -l) | $(awk -v s="$s" '$1 == s { print $6 }' "$run/sent" | quantiles) |"
	done <<-'STEPS'
		creer created
		garder saved, with the revision read
		joindre given a file
		soumettre sent to be read
		prendre taken by the reader
		message spoken of
		publier published
		suggerer corrected by somebody else
		retirer withdrawn
	STEPS
}
row() { # LABEL SPLIT
	read -r pg ca ng _ cl <<<"$2"
	echo "| $1 | $pg | $ca | $ng | $cl |"
}
cat <<DOC
## Profile: contributors

$writers people write without a pause, $seconds s, each sheet from its creation to its withdrawal, read by one more; a write is on the disk when it is
acknowledged (fsync and synchronous_commit on; no copy of the base); load average before: $busy.

- **$rate writes a second** ($writes in all), p50, p95 and p99 of $(awk '{ print $6 }' "$run/sent" | quantiles | sed 's/ | / ms, /; s/ | / ms and /') ms; $(tail -n 1 "$run/writers").
- WAL: $(awk -v w="$wal" -v n="$writes" 'BEGIN { printf "%.1f", w / n / 1024 }') KiB a write, the statistics and counts kept beside it included (wal_level $(psql_ -c 'show wal_level')).

| Step | Writes | Median, ms | p95, ms | p99, ms |
|---|---:|---:|---:|---:|
$(steps)

Microseconds of processor, of one:

| | PostgreSQL | catalysed | nginx | load generator |
|---|---:|---:|---:|---:|
$(row "Write, with the page or the draft read before it" "$cost")
$(row "Signing in: the form, then the password checked" "$signed")
$(row "Page of who is signed in (\`/mon-espace\`), kept by nobody" "$space")
DOC
