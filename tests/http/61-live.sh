#!/usr/bin/env bash
# check --live: every row good, then each made to go wrong, and what it says to do.
. "$(dirname "$0")/lib.sh"
conf=$VAR/catalyse.conf sock=$(cat "$VAR/sockets") now=$(date +%s) jobs_=
trap '[ -z "$jobs_" ] || kill $jobs_ 2>/dev/null; rm -rf "$tmp"' EXIT
mkdir -p "$tmp/minuteries" "$tmp/etat" "$tmp/prises"
for unit in export freshness links alerts erasures backup drill ipdb; do : >"$tmp/minuteries/stamp-catalyse-$unit.timer"; done
state() { # BACKUP-GOOD-AT MESSAGE DRILL-GOOD-AT MESSAGE OLDEST
	printf '{"sauvegarde":{"le":%d,"bon_le":%d,"duree_ms":3000,"message":"%s","etiquette":"F"},"essai":{"le":%d,"bon_le":%d,"duree_ms":3000,"message":"%s","etiquette":"F"},"complete_le":%d,"plus_ancienne_le":%d,"octets":1,"octets_gardes":1}' \
		"$now" "$1" "$2" "$now" "$3" "$4" "$1" "$5" >"$tmp/etat/etat.json"
}
live() { # NAME=VALUE... : over the settings of the environment
	env CATALYSE_SOCKET="$sock/1.sock" CATALYSE_BACKUP_STATE="$tmp/etat/etat.json" CATALYSE_TIMERS_DIR="$tmp/minuteries" CATALYSE_BACKUP_CONFIG="$tmp/none" "$@" \
		"$top_builddir/catalyse" check "${mode:---live}" "${plan:-$top_srcdir/sql}" --json --config "$conf" >"$tmp/body" 2>"$tmp/err"
	status=$?
}
row() { is "$(jq_ ".$1.etat")" "$2" "$1: $4"; like "$(jq_ ".$1.message")" "$3" "and what to do"; }

state "$now" "" "$now" "" "$now"
live
is "$(jq_ '[to_entries[] | select(.value.etat == "erreur") | .key] | join(" ")')" archivage "all is well here, but for the logs that a throw-away base does not keep"
row archivage erreur 'catalyse backup setup' "no archive of the logs"
is "$status" 1 "and one error is a refusal"
for key in versions bibliotheques migrations copie ecriture file_courriel sauvegarde essai instance_1 instance_2 territoires_millesime disque_exports disque_etat minuteries; do
	like "$(jq_ ".$key.etat")" '^(bon|attention)$' "$key is there"
done
is "$(jq_ '[.migrations, .ecriture, .sauvegarde, .essai, .instance_1, .instance_2, .minuteries | .etat] | unique | join(" ")')" bon "and good"
like "$(jq_ .versions.message)" 'PostgreSQL 1[5-9].*PostGIS 3.*nginx 1' "versions are said"
mode=--schema live CATALYSE_IPDB_V4=/nulle/part.mmdb
is "$status $(jq_ 'keys | join(" ")')" "0 base base_ecriture migrations reglages" "check --schema asks whether the base is the one that is wanted, and nothing else"

# Old.
state $((now - 30 * 3600)) "" $((now - 10 * 86400)) "" $((now - 40 * 86400))
touch -d '3 days ago' "$tmp/minuteries/stamp-catalyse-export.timer"
rm "$tmp/minuteries/stamp-catalyse-ipdb.timer"
cp -r "$top_srcdir/sql/sqitch.plan" "$tmp/sqitch.plan"
chmod u+w "$tmp/sqitch.plan"
echo 'jamais_vue [private] 2099-01-01T00:00:00Z Catalyse <equipe@catalyse.example> # not there yet' >>"$tmp/sqitch.plan"
perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "$ARGV[0]/2.sock", Listen => 5)' "$tmp/prises" # nobody listens any more
perl -MIO::Socket::UNIX -e '$s = IO::Socket::UNIX->new(Local => "$ARGV[0]/1.sock", Listen => 5); sleep 60' "$tmp/prises" & # and one that says nothing
jobs_=$!
for ((i = 0; i < 100; i++)); do [ -S "$tmp/prises/1.sock" ] && break; sleep 0.1; done
plan=$tmp live CATALYSE_SOCKET="$tmp/prises/1.sock" CATALYSE_IPDB_V4=/nulle/part.mmdb
row sauvegarde attention 'catalyse-backup' "older than a day"
row essai attention 'catalyse-drill' "older than a week"
row sauvegarde_duree erreur 'repo1-retention-full' "kept for too long"
row minuterie_export erreur 'systemctl status catalyse-export.timer' "a timer that stopped"
row minuteries attention 'enable --now catalyse-ipdb.timer' "a timer that never ran"
row migrations erreur 'jamais_vue.*catalyse migrate' "a change that waits"
row instance_1 erreur 'trois secondes' "an instance that is silent"
row instance_2 erreur 'systemctl restart catalyse@2' "an instance that is dead"
row adresses erreur 'catalyse geo refresh' "a file of addresses that is not there"
mode=--schema plan=$tmp live
row migrations erreur 'jamais_vue.*catalyse migrate' "and a base that lacks one is not the one that is wanted"
is "$status" 1 "check --schema refuses"

# Failed, or never.
state "$((now - 3600))" "dépôt plein" $now "des fichiers du dépôt sont abîmés" "$now"
head -n -2 "$tmp/sqitch.plan" >"$tmp/plan.new" && mv "$tmp/plan.new" "$tmp/sqitch.plan"
mkdir -p "$tmp/vide"
reader=$(sed -n 's/^DATABASE=//p' "$conf") writer=$(sed -n 's/^DATABASE_WRITE=//p' "$conf")
plan=$tmp live CATALYSE_SOCKET="$tmp/vide/1.sock" CATALYSE_DATABASE_WRITE="$writer options='-c default_transaction_read_only=on'"
row sauvegarde erreur 'dépôt plein' "a backup that failed says why"
row essai erreur 'abîmés' "a drill too"
row ecriture erreur 'lecture seule' "no change is taken"
row instances erreur 'catalyse scale 2' "no instance"
plan=$tmp live CATALYSE_DATABASE="${reader/port=/port=1}" CATALYSE_DATABASE_WRITE="$(sed "s/host='/&127.0.0.1,/; s/port=/&1,/" <<<"$writer")" CATALYSE_BACKUP_STATE="$tmp/nulle-part.json"
row sauvegarde attention 'là-bas' "the backups of a base elsewhere are looked at there"
row migrations attention 'plus ancien' "a base ahead of the program"
row lecture erreur 'postgresql' "no base to read"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "set search_path to private, catalyse, public" -c "$1"; }
sql "insert into mail_outbox (kind, address_hash, priority, state, done_at, recipient) select kind, repeat('0', 64), 1, 'incertain', now(), 'essai@essai.example' from mail_kind order by kind limit 1" >"$tmp/said" 2>&1 || ok 1 "a mail nobody is sure of" "$(cat "$tmp/said")"
rm "$tmp/etat/etat.json"
cat >"$tmp/fake.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
int clock_gettime(clockid_t c, struct timespec *t)
{
	int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
	int r = real(c, t);
	if (c == CLOCK_REALTIME)
		t->tv_sec += 90;
	return r;
}
C
sanitized=$(grep -c '^MODE_CFLAGS = .*-fsanitize' "$top_builddir/Makefile")
[ "$sanitized" != 0 ] || cc -shared -fPIC -o "$tmp/fake.so" "$tmp/fake.c" -ldl || ok 1 "a clock that lies is built"
if [ "$(id -u)" = 0 ]; then
	mkdir "$tmp/plein"
	unshare -m sh -c "mount -t tmpfs -o size=1m tmpfs '$tmp/plein' && head -c 1040000 /dev/zero >'$tmp/plein/x'; exec \"\$@\"" sh env CATALYSE_SOCKET="$sock/1.sock" CATALYSE_EXPORT_DIR="$tmp/plein" \
		CATALYSE_BACKUP_STATE="$tmp/etat/etat.json" CATALYSE_TIMERS_DIR="$tmp/vide" $([ "$sanitized" != 0 ] || echo "LD_PRELOAD=$tmp/fake.so") "$top_builddir/catalyse" check --live "$top_srcdir/sql" --json --config "$conf" >"$tmp/body" 2>"$tmp/err"
	row file_courriel attention 'catalyse mail' "mail nobody is sure of"
	row disque_exports erreur 'agrandissez' "a disk that is full"
	row sauvegarde erreur 'catalyse backup,' "no backup at all"
	row essai erreur 'catalyse drill,' "no drill at all"
	[ "$sanitized" != 0 ] || row temps erreur 'NTP' "clocks apart"
fi
sql "delete from mail_outbox where address_hash = repeat('0', 64)"
end
