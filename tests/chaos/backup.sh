#!/usr/bin/env bash
# From an empty folder: a base, a backup, writes, a return to a moment between two of them, the loss of the whole folder and the return to the latest log,
# the drill, a byte changed in the repository, somebody erased after the backup who stays erased, a second repository, and a second machine that may not
# take the place of one that lives.
# LONG=1: the logs leave by archive_timeout alone, so the loss is measured at its worst; about three minutes.
set -uo pipefail
top=${top_srcdir:?run me by make check} build=${top_builddir:?} long=${LONG:-}
command -v pgbackrest >/dev/null || { echo "skipped: needs pgbackrest"; exit 77; }
dir=$(mktemp -d /tmp/catalyse-sauvegarde.XXXXXX) || exit 1
chmod 755 "$dir"
cluster() { local verb=$1; shift; "$top/tools/cluster.sh" "$verb" "$dir/pg" "$@"; }
writer= reader=
end() {
	[ -z "$reader" ] || kill "$reader" 2>/dev/null
	[ -z "$writer" ] || kill "$writer" 2>/dev/null
	for d in "$dir"/ailleurs* "$dir/copie"; do
		[ -s "$d/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$d/postmaster.pid")" 2>/dev/null
	done
	cluster destroy >/dev/null 2>&1
	rm -rf "$dir"
}
trap end EXIT
trap 'exit 1' INT TERM
count=0 failed=0
ok() { count=$((count + 1)); if [ "$1" = 0 ]; then echo "ok $count - $2"; else failed=$((failed + 1)); echo "not ok $count - $2"; [ -z "${3:-}" ] || printf '%s\n' "$3" | head -n 12 | sed 's/^/#   /'; fi; }
is() { [ "$1" = "$2" ]; ok $? "$3" "got '$1', wanted '$2'"; }
unlike() { ! grep -Eq -- "$2" <<<"$1"; ok $? "$3" "match of /$2/ in: $1"; }
like() { grep -Eq -- "$2" <<<"$1"; ok $? "$3" "no match of /$2/ in: $1"; }
cat_() { out=$("$build/catalyse" "$@" --config "$dir/${conf:-catalyse.conf}" 2>"$dir/err"); status=$?; }
sql() { cluster psql -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "$1"; }
there() { psql -XqAt -d "$1" -c "$2"; } # CONNINFO STATEMENT
until_() { local i; for ((i = 0; i < 600; i++)); do [ "$(sql "$1")" = t ] && return; sleep 0.1; done; return 1; }
archived() { # what is written until now is in the repository
	local last
	last=$(sql "select pg_walfile_name(pg_switch_wal())")
	until_ "select coalesce(last_archived_wal >= '$last', false) from pg_stat_archiver"
}

cluster create --durable >/dev/null 2>&1 && cluster psql -q -c 'create database catalyse' || { echo "Bail out! no server"; exit 1; }
"$build/catalyse" migrate --config /dev/null --target "$(cluster uri catalyse)" "$top/sql" >"$dir/migrate" 2>&1 || { tail "$dir/migrate"; echo "Bail out! no schema"; exit 1; }
cluster psql -d catalyse -Xq -v ON_ERROR_STOP=1 -f "$top/tests/sql/fixture.sql" >/dev/null || exit 1
read -r sock port <"$dir/pg/socket"
cat >"$dir/catalyse.conf" <<CONF
DATABASE=$(cluster conninfo catalyse catalyse_ro)
DATABASE_WRITE=$(cluster conninfo catalyse catalyse_rw)
DATABASE_COUNT=
BACKUP_CONFIG=$dir/pgbackrest.conf
BACKUP_STANZA=essai
BACKUP_STATE=$dir/etat/etat.json
ERASURES_FILE=$dir/suppressions
CONF
metric() { # NAME: as catalysed says it
	env -i PATH="$PATH" REQUEST_METHOD=GET REQUEST_URI=/metrics DOCUMENT_URI=/metrics HTTP_HOST=essai REMOTE_ADDR=127.0.0.1 "$build/catalysed" -c "$dir/catalyse.conf" 2>/dev/null </dev/null |
		sed -n "s/^$1 //p"
}

cat_ backup full
is "$status" 1 "no backup before it is prepared"
is "$(metric 'catalyse_\(backup\|drill\)_[a-z_]*')" "" "and nothing is measured of what nobody noted"
like "$(cat "$dir/err")" 'catalyse backup setup' "and what to do is said"
cat_ backup setup --repository "$dir/depot" --host "$sock" --port "$port"
is "$status" 1 "archiving waits for PostgreSQL to restart"
like "$(cat "$dir/err")" 'redémarrer' "which is said"
cat_ backup setup --restart --host "$sock" --port "$port"
is "$status" 0 "prepared: settings, archiving, repository" 
is "$(sql 'show archive_timeout')" 1min "a log leaves each minute at least"
sql "create table public.mark (n int primary key, at timestamptz not null default clock_timestamp());
	with c as (insert into catalyse.contributor (name) values ('Personne qui partira') returning id)
	insert into private.account (id, email, state, confirmed_at) select id, 'depart@essai.example', 'actif', now() from c" || exit 1
cat_ backup --json
is "$status" 0 "the first backup" "$(cat "$dir/err")"
is "$(jq -r .type <<<"$out")" full "is a complete one"
size=$(jq .octets <<<"$out") stored=$(jq .octets_gardes <<<"$out") took=$(jq .duree_s <<<"$out")
cat_ drill --json
is "$status" 0 "the drill is green" "$(cat "$dir/err"; jq -c '.etapes[]' <<<"$out")"
is "$(jq '[.etapes[] | select(.bon)] | length' <<<"$out")" 8 "by all its steps"
echo "# backup: $took s, base $((size / 1000000)) Mo, kept in $((stored / 1000000)) Mo; drill: $(jq .duree_ms <<<"$out") ms ($(jq -r '[.etapes[] | .etape + " " + (.duree_ms | tostring)] | join(", ")' <<<"$out"))"
is "$(ls "$dir/etat")" $'essai.verrou\netat.json\netat.prom' "nothing is left of it"
[ "$(metric catalyse_drill_timestamp_seconds | cut -d. -f1)" != 0 ] && [ "$(metric catalyse_drill_failed)" = 0 ]; ok $? "and the measure says so"
noted() { sed -n "s/^$1 //p" "$dir/etat/etat.prom"; }
is "$(noted catalyse_backup_timestamp_seconds) $(noted catalyse_drill_failed)" "$(metric catalyse_backup_timestamp_seconds) 0" "beside the state too, for the exporter of a machine without instances"
promtool check metrics <"$dir/etat/etat.prom" >"$dir/said" 2>&1; ok $? "which can read it" "$(cat "$dir/said")"

flip() { # the biggest file of the last backup, one byte in its middle
	local at
	at=$(($(stat -c %s "$1") / 2))
	printf "\\x$(printf %02x $((0x$(xxd -s $at -l 1 -p "$1") ^ 255)))" | dd of="$1" bs=1 seek=$at conv=notrunc status=none
}
big=$(find "$dir/depot/backup" -path '*pg_data/base/*' -type f -printf '%s %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
flip "$big"
cat_ drill --json
is "$status" 1 "one byte changed in the repository: the drill fails"
like "$(cat "$dir/err")" 'Dépôt : des fichiers du dépôt sont abîmés.*invalid' "and says why"
is "$(metric catalyse_drill_failed)" 1 "the measure too"
like "$(jq -r .essai.message "$dir/etat/etat.json")" 'abîmés' "and the state"
flip "$big"
wal=$(find "$dir/depot/archive" -name '0*.zst' | sort | tail -n 1)
flip "$wal"
cat_ drill --json
is "$status" 1 "in a log as well"
flip "$wal"
[ -n "$long" ] || [ -n "${WHOLE:-}" ] || { echo "1..$count"; exit $((failed > 0)); }

row() { "$build/catalyse" check --live "$top/sql" --json --config "$dir/catalyse.conf" 2>/dev/null | jq -r ".$1 | .etat + \" \" + .message"; }
cat_ drill
is "$status" 0 "put right, it is green again" "$out"
like "$(row sauvegarde)" '^bon il y a' "check --live knows of the backup"
like "$(row essai)" '^bon il y a' "of the drill"
like "$(row archivage)" '^bon dernier journal' "and of the logs"
is "$(metric catalyse_archive_failing)" 0 "which leave, says the measure"
sql "alter system set archive_command = 'false'"
sql "select pg_reload_conf()" >/dev/null
sql "select pg_switch_wal()" >/dev/null
until_ "select coalesce(last_failed_time > last_archived_time, false) from pg_stat_archiver"
like "$(row archivage)" '^erreur .*dépôt' "a log that cannot leave is said"
is "$(metric catalyse_archive_failing)" 1 "by the measure too"
grep -q "archive command failed" "$dir/pg/log"; ok $? "so does the journal of PostgreSQL"
is "$(metric catalyse_drill_failed)" 0 "the last drill was good"
cat_ drill
is "$status" 1 "and fails the drill" "$out"
like "$(cat "$dir/err")" 'Dépôt : pgbackrest .*archive_command' "which says why, where systemd keeps it"
is "$(metric catalyse_drill_failed)" 1 "and the measure says it"
cat_ backup setup --host "$sock" --port "$port"
is "$status" 0 "setup again puts it right"
until_ "select last_archived_time > last_failed_time from pg_stat_archiver"
sql "insert into public.mark select generate_series(1, 50)"
moment=$(sql "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
until_ "select clock_timestamp() > timestamptz '$moment' + interval '10 ms'"
sql "insert into public.mark select generate_series(51, 100)"
cat_ account erase depart@essai.example
is "$status" 0 "somebody goes"
archived; ok $? "the logs are away"
gone() { echo "select count(*) filter (where email = 'depart@essai.example') from private.account"; }

cat_ restore --to "$dir/ailleurs" --target-time 2026-11-28
is "$status" 1 "a moment without its zone is refused"
cat_ restore --to "$dir/ailleurs1" --target-time "$moment" --without-erasures --start --json
is "$status" 0 "back to the moment between, elsewhere" "$(cat "$dir/err")"
where=$(jq -r .connexion <<<"$out")
is "$(there "$where" 'select count(*), max(n) from public.mark')" '50|50' "all that was before, nothing of what was after"
is "$(there "$where" "$(gone)")" 1 "whoever went since is there again, where nobody looks"
cat_ account erasures export
cat_ restore --to "$dir/ailleurs2" --target-time "$moment" --start --json
is "$status" 0 "and with the erasures"
where=$(jq -r .connexion <<<"$out")
is "$(there "$where" "$(gone)") $(jq .effaces <<<"$out")" "0 1" "they have gone before anybody can see"
is "$(sql 'select count(*) from public.mark')" 100 "the base that serves went on"
unlike "$(cat "$dir/err")" 'attention' "a list that goes as far as the base is not spoken of"
like "$(jq -r .liste_arretee <<<"$out")" '^null$' "in JSON neither"
touch -d "@$(($(date +%s) - 3600))" "$dir/suppressions"
cat_ restore --to "$dir/ailleurs4" --target-time "$moment" --json
like "$status $(cat "$dir/err")" "^0 .*attention.*suppressions\) s'arrête à 20.*reviendra.*erasures export" "a list that stopped an hour before the base is said"
like "$(jq -r .liste_arretee <<<"$out")" '^20..-..-.. ..:..:.. [+-]....$' "with its date"
cat_ account erasures export
is "$status $([ $(($(date +%s) - $(stat -c %Y "$dir/suppressions"))) -lt 600 ]; echo $?)" "0 0" "an export that adds nothing dates it again"
mv "$dir/suppressions" "$dir/suppressions.away"
cat_ restore --to "$dir/ailleurs3" --target-time "$moment"
is "$status" 1 "without the list, no return to the past"
mv "$dir/suppressions.away" "$dir/suppressions"

cat_ restore
is "$status" 1 "a base that runs is not written over"

# Another machine with the same repository, while this one lives: in its place, its future would be where this one is brought back.
mkdir -m 700 "$dir/autre"
[ "$(id -u)" != 0 ] || chown postgres "$dir/autre"
sed "s,^pg1-path=.*,pg1-path=$dir/autre/data," "$dir/pgbackrest.conf" >"$dir/autre.conf"
sed "s,^BACKUP_CONFIG=.*,BACKUP_CONFIG=$dir/autre.conf," "$dir/catalyse.conf" >"$dir/autre-catalyse.conf"
other() { conf=autre-catalyse.conf cat_ "$@"; }
other restore --start
is "$status" 1 "another machine does not take the place of one that lives"
like "$(cat "$dir/err")" "n'a pas envoyés, le dernier il y a [0-9]+.*--to DOSSIER.*--lost" "what to do is said"
is "$(ls -A "$dir/autre"; find "$dir/depot/archive" -name '0000000[2-9]*')" "" "nothing is written, there or in the repository"
# This one may, without a word: the newest log is its own.
cluster kill
cat_ restore --replace --start
is "$status $(sql 'select count(*) from public.mark')" '0 100' "the server that sent the logs comes back in its place" "$(cat "$dir/err")"
cluster stop
cat_ restore --replace --start
is "$status $(sql 'select count(*) from public.mark')" '0 100' "stopped in order too" "$(cat "$dir/err")"
# As the page says: its checkpoint wakes who counts archive_timeout (PostgreSQL 15 sleeps until the first one after a start).
cat_ backup full
is "$status" 0 "and is backed up" "$(cat "$dir/err")"
# What a writer was told is written, with its moment, until everything is lost.
seconds=2
[ -z "$long" ] || seconds=100
(n=1000; while :; do n=$((n + 1)); at=$(sql "insert into public.mark values ($n) returning extract(epoch from at)") && echo "$n $at" >>"$dir/told"; sleep 0.2; done) 2>/dev/null &
writer=$!
sleep $seconds
[ -n "$long" ] || { safe=$(wc -l <"$dir/told"); archived; sleep 1; }
lost_at=$(date +%s.%N)
cluster kill
kill "$writer"; wait "$writer" 2>/dev/null
writer=
rm -rf "$dir/pg/data"
cat_ restore --start
is "$status $(ls -d "$dir/pg/data" 2>/dev/null)" "1 " "in an empty folder, nobody knows whether the former server lives" "$(cat "$dir/err")"
begun=$(date +%s%N)
cat_ restore --lost --start --json
is "$status" 0 "the folder is lost: one command brings it back" "$(cat "$dir/err")"
echo "# restore: $((($(date +%s%N) - begun) / 1000000)) ms (copy $(jq .copie_ms <<<"$out"), logs $(jq .reprise_ms <<<"$out"))"
back=$(sql 'select coalesce(max(n), 1000) from public.mark where n > 1000')
is "$(sql "select count(*) = $back - 1000 from public.mark where n > 1000")" t "without a hole"
[ -n "$long" ] || { [ "$((back - 1000))" -ge "$safe" ]; ok $? "what was told and archived is there ($((back - 1000)) of $(wc -l <"$dir/told"), $safe archived)"; }
first_lost=$(awk -v n="$back" '$1 > n { print $2; exit }' "$dir/told")
loss=$(awk -v a="${first_lost:-$lost_at}" -v b="$lost_at" 'BEGIN { printf "%.1f", b - a }')
awk -v l="$loss" 'BEGIN { exit !(l <= 62) }'; ok $? "$loss s are lost, 60 and the time to copy at most"
is "$(sql "$(gone)")" 0 "whoever went is gone"
cat_ backup diff
is "$status" 0 "what follows is archived and backed up" "$(cat "$dir/err")"
cat_ drill
is "$status" 0 "and comes back" "$out"

# A second repository: what is not in it is said, and both are filled and tried.
mkdir -m 750 "$dir/depot2"
[ "$(id -u)" != 0 ] || chown postgres "$dir/depot2"
cp -p "$dir/pgbackrest.conf" "$dir/pgbackrest.one"
sed -i "s,^lock-path=,repo2-path=$dir/depot2\nrepo2-retention-full-type=time\nrepo2-retention-full=28\n&," "$dir/pgbackrest.conf"
cat_ backup setup --host "$sock" --port "$port"
is "$status" 0 "a second repository" "$(cat "$dir/err")"
cat_ backup status
is "$status $(tail -n 1 <<<"$out")" '1 Aucune sauvegarde dans le dépôt 2 : catalyse backup full' "that nothing is in is said"
cat_ drill
like "$status $(cat "$dir/err")" '^1 .*aucune sauvegarde dans le dépôt 2' "by the drill too"
cat_ backup --json
is "$status $(jq -c '[.depot, .type, (.autres[] | .depot, .type)]' <<<"$out")" '0 [1,"diff",2,"full"]' "each has its own backup" "$(cat "$dir/err")"
for repo in 1 2; do
	cat_ drill --repo $repo --json
	is "$status" 0 "which comes back, from $repo" "$(cat "$dir/err")"
	like "$(jq -r '.etapes[0].message' <<<"$out")" "du dépôt $repo," "and says so"
done
cat_ drill --repo 3
is "$status" 1 "a repository that is not there is no drill"
kept=$(find "$dir/depot/backup/essai" -maxdepth 1 -name '2*' | wc -l)
chmod 000 "$dir/depot2/backup"
cat_ backup diff
like "$status $(cat "$dir/err")" '^1 .*dépôt 2 : ' "one that cannot be written fails the backup"
is "$(($(find "$dir/depot/backup/essai" -maxdepth 1 -name '2*' | wc -l) - kept)) $(metric catalyse_backup_failed)" "1 1" "which the other has all the same, and the measure says so"
like "$(row sauvegarde)" '^erreur échec .*dépôt 2' "check --live too"
chmod 750 "$dir/depot2/backup"
mv "$dir/pgbackrest.one" "$dir/pgbackrest.conf"
cat_ backup diff
is "$status" 0 "without it, as before" "$(cat "$dir/err")"
if [ "$(id -u)" = 0 ] && [ -x "$build/tests/chaos/confine" ]; then # as the timers run them, a call that is refused ends them
	chgrp postgres "$dir/suppressions" # on a machine the drill has the group of who writes it (SupplementaryGroups)
	for word in backup drill; do
		bash "$top/tests/chaos/confine.sh" "$top/systemd/catalyse-$word.service" kill >"$dir/rules"
		setpriv --reuid=postgres --regid="$(id -g postgres)" --init-groups "$build/tests/chaos/confine" "$dir/rules" "$build/catalyse" $word --config "$dir/catalyse.conf" >"$dir/said" 2>&1
		ok $? "catalyse $word under the rules of its unit" "$(cat "$dir/said")"
	done
fi

# A copy that replays nothing any more is late, and check --live says so.
bin=$(sql "select setting from pg_config where name = 'BINDIR'")
as() { if [ "$(id -u)" = 0 ]; then (cd / && exec setpriv --reuid=postgres --regid="$(id -g postgres)" --init-groups -- "$@"); else "$@"; fi; }
mkdir -m 700 "$dir/copie" && mkdir -m 755 "$dir/copie.run"
[ "$(id -u)" != 0 ] || chown postgres "$dir/copie" "$dir/copie.run"
echo "local replication all peer map=ours" >>"$dir/pg/data/pg_hba.conf"
sql "select pg_reload_conf()" >/dev/null
as "$bin/pg_basebackup" -h "$sock" -p "$port" -U postgres -D "$dir/copie" -R -X stream -c fast >"$dir/said" 2>&1 &&
	as "$bin/pg_ctl" -D "$dir/copie" -w -s -l "$dir/copie/log" -o "-c unix_socket_directories=$dir/copie.run -c archive_mode=off" start </dev/null >>"$dir/said" 2>&1
ok $? "a copy" "$(cat "$dir/said")"
export CATALYSE_DATABASE="host='$dir/copie.run' port=$port dbname=catalyse user=catalyse_ro" CATALYSE_DATABASE_LAG_MAX_S=1
# An instance that reads it, whose journal and measures are looked at.
CATALYSE_SOCKET=$dir/copie.sock CATALYSE_PEER_UIDS=$(id -un) "$build/catalysed" -c "$dir/catalyse.conf" 2>"$dir/journal" &
reader=$!
asked() { "$build/tests/http/fcgi_client" -t 10000 "$dir/copie.sock" "$1"; }
late() { asked /metrics | sed -n 's/^catalyse_db_replica_late_seconds //p'; }
for ((i = 0; i < 300; i++)); do [ -S "$dir/copie.sock" ] && asked /ready >/dev/null && break; sleep 0.2; done
for ((i = 0; i < 60; i++)); do said=$(row copie); [[ $said != bon* ]] || break; sleep 0.2; done
like "$said" '^bon les pages lisent une copie' "that follows is good"
psql -XqAt -h "$dir/copie.run" -p "$port" -U postgres -d postgres -c "select pg_wal_replay_pause()"
sql "insert into public.mark values (0)"
for ((i = 0; i < 60; i++)); do said=$(row copie); [[ $said == bon* ]] || break; sleep 0.2; done
like "$said" '^erreur .*retard.*pg_stat_replication' "that is late is not"
awk -v l="$(late)" 'BEGIN { exit !(l > 1) }'; ok $? "the measure says how late: $(late) s"
for ((i = 0; i < 60; i++)); do asked /fiches >/dev/null; grep -q 'the copy is late' "$dir/journal" && break; sleep 0.5; done
grep -q '"level":"warn","msg":"the copy is late' "$dir/journal"; ok $? "and the journal of who reads it" "$(tail -n 3 "$dir/journal")"
kill "$reader"; wait "$reader"
is "$?" 0 "who read it stops"
reader=
unset CATALYSE_DATABASE CATALYSE_DATABASE_LAG_MAX_S
as "$bin/pg_ctl" -D "$dir/copie" -w -s -m fast stop
sed -i "s,^pg1-path=.*,pg1-path=$dir/copie," "$dir/autre.conf"
other restore --replace
like "$status $(cat "$dir/err")" '^1 .*--lost' "a copy does not take the place of its primary either"
[ -e "$dir/copie/standby.signal" ]; ok $? "and stays a copy"
echo "1..$count"
exit $((failed > 0))
