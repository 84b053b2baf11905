#!/usr/bin/env bash
# The Debian package on a clean Debian 12 root: built, examined by lintian, installed by apt, `catalyse setup`, a site that answers over TLS,
# an upgrade under load to a version that wants another base, a removal and a purge that leave the data and nginx; then the machine made again, from its
# backup, on another root (docs/sauvegarde.md). TAP. As root; about fifteen minutes, most of it apt and the compiler. Run by make check-package.
#   DEB=FILE NEXT=FILE   both packages, already built (KEEP=DIR keeps them)   ROOT_TAR=FILE   a debootstrap root kept from another run (written when absent)
#   CATALYSE_DATA   territories already prepared (var/data by default)
set -uo pipefail
top=$(cd "${top_srcdir:?run me by make check-package}" && pwd) build=$(cd "${top_builddir:?}" && pwd)
[ "$(id -u)" = 0 ] || { echo "1..0 # skipped: needs root"; exit 77; }
# A network and a mount table of our own: ports 80 and 443 are free there, and nothing of this machine is seen.
if [ -z "${IN_PACKAGE:-}" ]; then
	work=$(mktemp -d /tmp/catalyse-package.XXXXXX)
	chmod 755 "$work"
	trap 'rm -rf --one-file-system "$work"' EXIT
	trap 'exit 1' INT TERM
	data=${CATALYSE_DATA:-$top/var/data}
	deb=${DEB:-} next=${NEXT:-}
	clean() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL "$@"; }
	if [ -z "$deb" ] || [ -z "$next" ]; then
		command -v lintian >/dev/null || { echo "Bail out! lintian is missing"; exit 1; }
		(cd "$build" && clean make -s distdir >"$work/dist.log" 2>&1) || { tail "$work/dist.log"; echo "Bail out! no archive"; exit 1; }
		mv "$build"/catalyse-[0-9]* "$work/src"
		(cd "$work/src" && clean dpkg-buildpackage -us -uc -b) >"$work/build.log" 2>&1 || { tail -n 40 "$work/build.log"; echo "not ok - dpkg-buildpackage"; exit 1; }
		echo "ok - dpkg-buildpackage"
		deb=$(ls "$work"/catalyse_*.deb)
		lintian --allow-root --fail-on error "$work"/catalyse_*.changes >"$work/lintian" 2>"$work/lintian.err"
		case $? in
		0) echo "ok - lintian: 0 error$(sed -n 's/^W:/, warning:/p' "$work/lintian" | tr '\n' ' ')" ;;
		2) grep '^E:' "$work/lintian"; echo "not ok - lintian finds errors"; exit 1 ;;
		*) cat "$work/lintian" "$work/lintian.err"; echo "not ok - lintian did not end"; exit 1 ;;
		esac
		# The version after it: the page of a territory reads a table that only its own change of the base makes.
		(
			set -e
			cd "$work/src"
			sed "1s/(.*)/($(dpkg-parsechangelog -S Version)+1)/" debian/changelog >"$work/changelog"
			{ sed -n '1,/^ -- /p' "$work/changelog"; echo; cat debian/changelog; } >"$work/changelog.new" && cp "$work/changelog.new" debian/changelog
			sed -i 's/ t\.population, m\.area_km2/ t.population + (select n from upgrade_probe) as population, m.area_km2/' sql/queries/territory_page.sql
			grep -q upgrade_probe sql/queries/territory_page.sql
			printf '%s\n' '-- Deploy catalyse:upgrade_probe to pg' 'begin;' 'create table catalyse.upgrade_probe (n int not null);' 'insert into catalyse.upgrade_probe values (5000000);' \
				'grant select on catalyse.upgrade_probe to catalyse_ro, catalyse_rw;' 'commit;' >sql/deploy/upgrade_probe.sql
			printf '%s\n' '-- Revert catalyse:upgrade_probe from pg' 'drop table catalyse.upgrade_probe;' >sql/revert/upgrade_probe.sql
			printf '%s\n' '-- Verify catalyse:upgrade_probe on pg' 'select n from catalyse.upgrade_probe where false;' >sql/verify/upgrade_probe.sql
			# Nor are its style sheet, what nginx reads and the first list of instances those of before.
			echo '.suivante{color:inherit}' >>"$(ls web/assets/css/*.css | tail -n 1)"
			echo 'add_header X-Suivante oui always;' >>nginx/snippets/entetes.conf
			echo '# Otherwise.' >>nginx/snippets/instances.conf
			rm -rf gen/assets gen/assets.manifest
			echo "upgrade_probe 2026-11-28T20:00:00Z Catalyse <equipe@catalyse.example> # What the next version wants" >>sql/sqitch.plan
			clean make -j"$(nproc)"
			rm -f debian/*.debhelper.log
			clean dpkg-buildpackage -us -uc -b -nc
		) >"$work/next.log" 2>&1 || { tail -n 40 "$work/next.log"; echo "Bail out! no next version"; exit 1; }
		next=$(ls "$work"/catalyse_*+1_*.deb)
		[ -z "${KEEP:-}" ] || { mkdir -p "$KEEP" && cp "$deb" "$KEEP/catalyse.deb" && cp "$next" "$KEEP/next.deb"; }
	fi
	root=$work/root
	if [ -s "${ROOT_TAR:-}" ]; then
		mkdir "$root" && tar -C "$root" -xf "$ROOT_TAR"
	else
		debootstrap --variant=minbase bookworm "$root" "${MIRROR:-http://deb.debian.org/debian}" >"$work/debootstrap.log" 2>&1 || { tail "$work/debootstrap.log"; exit 1; }
		rm -rf "$root"/etc/apt/sources.list*
		cp -a /etc/apt/sources.list* "$root/etc/apt/" 2>/dev/null
		[ -z "${ROOT_TAR:-}" ] || tar -C "$root" -cf "$ROOT_TAR" .
	fi
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
	chmod 755 "$root/usr/sbin/policy-rc.d"
	cp /etc/resolv.conf "$root/etc/resolv.conf"
	cp "$deb" "$root/tmp/catalyse.deb" && cp "$next" "$root/tmp/next.deb"
	chroot "$root" apt-get update -qq >"$work/apt.log" 2>&1
	chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/catalyse.deb postgresql-15 postgresql-15-postgis-3 \
		postgresql-15-postgis-3-scripts hunspell-fr-comprehensive pgbackrest ca-certificates openssl curl sudo >>"$work/apt.log" 2>&1
	status=$?
	[ $status = 0 ] && echo "ok - apt installs it on a clean Debian 12" || { tail -n 30 "$work/apt.log"; echo "not ok - apt installs it"; exit 1; }
	cp "$build/tests/chaos/hold_socket" "$root/usr/local/bin/"
	cp -a "$root" "$work/empty"
	mkdir "$root/tmp/data"
	find "$data/prepared" -maxdepth 1 -type f -exec cp {} "$root/tmp/data/" \;
	IN_PACKAGE=$work unshare --net --mount --pid --fork --kill-child bash "$0"
	exit
fi
work=$IN_PACKAGE root=$work/root fail=0
ok() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; [ -z "${3:-}" ] || tail -n 30 "$3" | sed 's/^/# /'; fi; }
in_() { chroot "$root" env LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
as_() { in_ setpriv --reuid="$(in_ id -u "$1")" --regid="$(in_ id -g "$1")" --init-groups "${@:2}"; }
mounts() { # what a machine that has started has, in $root
	mount -t proc proc "$root/proc"
	mount -t tmpfs tmpfs "$root/run" && mkdir -p "$root/run/postgresql" "$root/run/lock" "$root/run/catalyse" "$root/run/held"
	chown "$(in_ id -u postgres):$(in_ id -g postgres)" "$root/run/postgresql" && chmod 2775 "$root/run/postgresql"
	mkdir -p "$root/dev/shm" && mount -t tmpfs tmpfs "$root/dev/shm"
}
ip link set lo up
mounts

in_ catalyse setup --cluster --data /tmp/data >"$work/setup" 2>&1
ok $? "catalyse setup" "$work/setup"
in_ catalyse setup --data /tmp/data >"$work/setup2" 2>&1
ok $? "and again: it goes on" "$work/setup2"
in_ catalyse setup --restore /tmp >"$work/setup3" 2>&1
[ $? = 1 ] && grep -q etc/catalyse "$work/setup3"; ok $? "it does not bring back what was not kept" "$work/setup3"
[ "$(in_ find /etc/catalyse -name catalyse.conf -perm 640 -user root | wc -l)" = 1 ]; ok $? "the settings are there, for the account alone"
echo "BASE_URL=https://catalyse.example" >>"$root/etc/catalyse/catalyse.conf"
sed -i 's|^DATABASE_LISTEN=.*|& passfile=/etc/catalyse/base-mots-de-passe|' "$root/etc/catalyse/catalyse.conf" && grep -q passfile "$root/etc/catalyse/catalyse.conf" || ok 1 "a file of passwords"
in_ install -o catalyse -g catalyse -m 600 /dev/null /etc/catalyse/base-mots-de-passe
in_ catalyse backup setup --restart >"$work/backup" 2>&1
ok $? "catalyse backup setup" "$work/backup"

# What systemd would do: sockets held open, instances as the account of the package.
start() { # the unit's number
	(exec chroot "$root" hold_socket "/run/catalyse/$1.sock" /usr/bin/setpriv --reuid=catalyse --regid=catalyse --init-groups \
		/usr/sbin/catalysed -c /etc/catalyse/catalyse.conf 2>>"$work/catalysed-$1.log") &
	echo $! >"$root/run/held/$1"
	for _ in $(seq 100); do [ -S "$root/run/catalyse/$1.sock" ] && break; sleep 0.05; done
	chown "$(in_ id -u catalyse):$(in_ id -g www-data)" "$root/run/catalyse/$1.sock" && chmod 660 "$root/run/catalyse/$1.sock"
}
child() { read -r held <"$root/run/held/$1" && cat "$root/proc/$held/task/$held/children"; } # the /proc of the root: ours is the machine's
# systemctl, played: it notes what it is asked, and does it to the instances. In /usr/bin: apt gives dpkg a path of its own.
[ ! -e "$root/usr/bin/systemctl" ] || { echo "Bail out! a real systemctl is there"; exit 1; }
cat >"$root/usr/bin/systemctl" <<'SH'
#!/bin/bash
echo "systemctl $*" >>/run/calls
words=()
for word; do case $word in -*) ;; *) words+=("$word") ;; esac; done
child() { read -r held <"/run/held/$1" && cat "/proc/$held/task/$held/children"; }
for unit in "${words[@]:1}"; do
	i=${unit#catalyse@} i=${i%.service}
	case ${words[0]}=$i in
	list-units=\*) for f in /run/held/*; do echo "catalyse@${f##*/}.service loaded active running Catalyse"; done ;;
	is-enabled=*) echo enabled ;;
	reload=nginx) nginx -s reload ;;
	restart=[0-9]*)
		before=$(child "$i")
		kill -HUP "$(<"/run/held/$i")"
		for ((n = 0; n < 600; n++)); do after=$(child "$i"); [ -n "$after" ] && [ "$after" != "$before" ] && break; sleep 0.1; done
		sleep 1 ;;
	stop=\*)
		for f in /run/held/*; do
			[ -s "$f" ] && read -r held <"$f" && kill -TERM "$held"
			for ((n = 0; n < 600; n++)); do [ -d "/proc/$held" ] && ! grep -q '^State:.*Z' "/proc/$held/status" || break; sleep 0.1; done
			rm -f "$f"
		done ;;
	esac
done
exit 0
SH
chmod 755 "$root/usr/bin/systemctl"
# Only where it is said to run: pg_ctlcluster would call it too.
systemd_runs() { mkdir -p "$root/run/systemd/system" && mv "$root/usr/sbin/policy-rc.d" "$root/usr/sbin/policy-rc.d.off"; }
systemd_ends() { rm -rf "$root/run/systemd" && mv "$root/usr/sbin/policy-rc.d.off" "$root/usr/sbin/policy-rc.d"; }
start 1
start 2
mkdir -p "$root/etc/catalyse/tls"
in_ openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=catalyse.example -keyout /etc/catalyse/tls/privkey.pem -out /etc/catalyse/tls/fullchain.pem 2>/dev/null
secrets() { in_ stat -c '%a %U %G' /etc/catalyse /etc/catalyse/catalyse.conf /etc/catalyse/tls/privkey.pem /etc/catalyse/base-mots-de-passe; }
secrets >"$work/secrets"
in_ ln -sf ../sites-available/catalyse.conf /etc/nginx/sites-enabled/catalyse.conf
in_ rm -f /etc/nginx/sites-enabled/default
in_ nginx -t >"$work/nginx" 2>&1
ok $? "nginx takes the site" "$work/nginx"
in_ nginx
get() { curl -sk --max-time 10 --resolve catalyse.example:443:127.0.0.1 "https://catalyse.example$1" "${@:2}"; }
[ "$(get / -o "$work/home" -w '%{http_code}')" = 200 ] && grep -q '</html>' "$work/home"; ok $? "the site answers" "$work/catalysed-1.log"
place=/territoires/commune/97410-saint-benoit
[ "$(get $place.json | jq -r .nom)" = Saint-Benoît ]; ok $? "with its territories"
people() { get "$place.json?v=$RANDOM$RANDOM" | jq -r .population; }
before=$(people)
[[ $before =~ ^[0-9]+$ ]]; ok $? "and their people: $before"

# The next version, under load: the package, the change of the base, then one instance after the other.
cat >"$work/mix.lua" <<'LUA'
local paths = { "/fiches.json?taille=5", "/catalyseurs", "/", "/territoires/commune/97410-saint-benoit", "/recherche?q=lieu" }
local n = 0
request = function()
	n = n + 1
	return wrk.format("GET", paths[n % #paths + 1] .. (n % 3 == 0 and (paths[n % #paths + 1]:find("?") and "&" or "?") .. "v=" .. n or ""), { Host = "catalyse.example", Connection = "close" })
end
LUA
# What a browser does, as often as it is answered: a page, all that it names, a form. Status and path of each.
visitor() {
	while [ ! -e "$work/enough" ]; do
		get / -o "$work/page" -w '%{http_code} /\n'
		for path in $(assets "$work/page"); do get "$path" -o /dev/null -w "%{http_code} $path\n"; done
		get /oai -d verb=Identify -o /dev/null -w '%{http_code} POST /oai\n'
	done
}
assets() { grep -oE '/actifs/[^" ]+\.(css|js)' "$1" | sort -u; }
sheet() { get / | grep -oE -m 1 '/actifs/css/site\.[0-9a-f]+\.css'; }
# The limits by address are for visitors; this one is many.
sed -i 's/default 0;/default 0; 127.0.0.1 1;/' "$root/etc/nginx/sites-available/catalyse.conf" && in_ nginx -s reload
echo '# of this machine' >>"$root/etc/nginx/catalyse/instances.conf"
# A connection each: one that is kept is closed when nginx is reloaded, and wrk would not ask again as browsers do.
wrk -t1 -c8 -d3600s --timeout 10s -s "$work/mix.lua" https://127.0.0.1/ >"$work/wrk" 2>&1 &
load=$!
visitor >"$work/visits" &
visits=$!
sleep 3
old=$(child 1)$(child 2)
[[ $old =~ ^[0-9]+\ [0-9]+\ $ ]]; ok $? "two instances: $old"
before_css=$(sheet)
get "$before_css" --compressed -o "$work/sheet"
systemd_runs
in_ dpkg -i /tmp/next.deb >"$work/upgrade" 2>&1 </dev/null
ok $? "upgrade" "$work/upgrade"
tail -n 1 "$root/etc/nginx/catalyse/instances.conf" | grep -q 'of this machine'; ok $? "the list of instances is that of this machine"
sed -n '/ À faire :$/,/^ou/s/^  //p' "$work/upgrade" >"$work/steps"
printf '%s\n' 'sudo -u postgres catalyse migrate' 'nginx -t && systemctl reload nginx' 'systemctl restart catalyse@1' 'systemctl restart catalyse@2' | diff - "$work/steps" >"$work/steps.diff"
ok $? "it says what to do" "$work/upgrade"
! grep -q ' restart ' "$root/run/calls" && [ "$(child 1)$(child 2)" = "$old" ]; ok $? "until then the former version goes on" "$root/run/calls"
[ "$(people)" = "$before" ]; ok $? "and answers"
# The very lines that were printed, where an operator is.
step() { in_ sh -c "cd /root && $1" </dev/null; }
exec 4<"$work/steps"
read -r line <&4; step "$line" >"$work/migrate" 2>&1
ok $? "$line" "$work/migrate"
as_ postgres catalyse check >"$work/refused" 2>&1
[ $? = 1 ] && grep -q '/etc/catalyse/catalyse.conf: ce compte ne peut pas le lire' "$work/refused"; ok $? "what asks the settings says who may not read them" "$work/refused"
as_ catalyse catalyse check --schema >"$work/check" 2>&1
ok $? "the base is the one that is wanted" "$work/check"
[ "$(people)" = "$before" ] && [ "$(child 1)$(child 2)" = "$old" ]; ok $? "which the former version reads too"
! get / -o /dev/null -D - | grep -qi '^x-suivante'; ok $? "nginx has not read what came yet"
read -r line <&4; step "$line" >"$work/reload" 2>&1
ok $? "$line" "$work/reload"
for _ in $(seq 600); do get / -o /dev/null -D - | grep -qi '^x-suivante: oui' && break; sleep 0.1; done
get / -o /dev/null -D - | grep -qi '^x-suivante: oui'; ok $? "now it has"
# Hours may pass here: pages name what is in no package any more.
[ "$(sheet)" = "$before_css" ] && [ ! -e "$root/usr/share/catalyse$before_css" ]; ok $? "pages name the style sheet of the former version, which went with it: $before_css"
get "$before_css" --compressed -D "$work/head" -o "$work/sheet2" && cmp "$work/sheet" "$work/sheet2" >"$work/out" 2>&1; ok $? "it is served as it was" "$work/sheet2"
[ "$(grep -ciE '^(HTTP/[0-9.]+ 200|content-encoding: gzip|cache-control: .*immutable|content-security-policy: )' "$work/head")" = 4 ]; ok $? "compressed, for a year, under the same policy" "$work/head"
[ "$(get /actifs/css/site.000000000000.css -o /dev/null -w '%{http_code}')" = 404 ]; ok $? "what no version named is not there"
while read -r line <&4; do
	step "$line" >"$work/step" 2>&1
	ok $? "$line" "$work/step"
done
[ "$(people)" = $((before + 5000000)) ] && [ "$(people)" = $((before + 5000000)) ]; ok $? "and the next version answers"
now=$(child 1)$(child 2)
: >"$root/run/calls"
in_ dpkg-reconfigure -f noninteractive catalyse >"$work/again" 2>&1
ok $? "dpkg-reconfigure" "$work/again"
[ "$(grep -oE ' (restart|reload) .*' "$root/run/calls" | tr -d '\n')" = " reload nginx restart catalyse@1.service restart catalyse@2.service" ] && [ "$(child 1)$(child 2)" != "$now" ]
ok $? "has nginx read what came, and restarts one after the other" "$root/run/calls"
systemd_ends
for _ in $(seq 100); do [ "$(sheet)" != "$before_css" ] && break; sleep 0.1; done
[ "$(sheet)" != "$before_css" ] && [ -e "$root/usr/share/catalyse$(sheet)" ]; ok $? "pages name the new style sheet"
[ "$(get "$before_css" -o /dev/null -w '%{http_code}')" = 200 ]; ok $? "those sent before still find theirs"
[ -n "$(find "$root/var/cache/catalyse/actifs" -name 'site.*.css' -user root -perm 644)" ]; ok $? "kept by root, for all to read"
sleep 2
kill -0 $load && kill -0 $visits; ok $? "they were asking all along"
kill -INT $load
touch "$work/enough"
wait $load $visits
grep -E 'requests in|Non-2xx|Socket errors' "$work/wrk" | sed 's/^ */# /'
grep -q ' [0-9]\{3,\} requests in' "$work/wrk" && ! grep -q 'Non-2xx\|Socket errors' "$work/wrk"
ok $? "no request failed" "$work/wrk"
cut -d' ' -f2 "$work/visits" | sort | uniq -c | sed 's/^ */# /'
grep -v '^200 ' "$work/visits" | sort | uniq -c >"$work/failed"
[ "$(grep -c ' POST' "$work/visits")" -ge 10 ] && grep -q " $before_css\$" "$work/visits" && [ ! -s "$work/failed" ]; ok $? "nor anything that a page named, nor a form" "$work/failed"
[[ $(in_ dpkg-query -W -f '${Version}' catalyse) = *+1 ]]; ok $? "the new version is there"

# Saved, and written to once more.
in_ catalyse backup full >"$work/full" 2>&1
ok $? "catalyse backup full" "$work/full"
as_ catalyse catalyse account create apres@exemple.org --name 'Après la sauvegarde' >"$work/account" 2>&1 || ok 1 "an account after it" "$work/account"
mkdir "$work/kept"
for path in /etc/pgbackrest/catalyse.conf /etc/catalyse /etc/postgresql /etc/nginx/sites-available/catalyse.conf /etc/nginx/catalyse /var/lib/catalyse; do
	in_ tar -cf - "${path#/}" | tar -C "$work/kept" -xf - --no-same-owner
done

# Removed: nothing runs any more, and nginx goes on for its other sites. Purged: the program and its settings go, what people wrote stays.
systemd_runs
in_ env DEBIAN_FRONTEND=noninteractive apt-get remove -y -qq catalyse >"$work/remove" 2>&1
ok $? "removal" "$work/remove"
[ -z "$(jobs -r)" ] && grep -q "systemctl stop catalyse@\*.socket catalyse@\*.service" "$root/run/calls"; ok $? "stops the instances" "$root/run/calls"
in_ nginx -t >"$work/nginx" 2>&1
ok $? "nginx would start again" "$work/nginx"
in_ env DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq catalyse >"$work/purge" 2>&1
ok $? "purge" "$work/purge"
systemd_ends
[ ! -L "$root/etc/nginx/sites-enabled/catalyse.conf" ] && in_ nginx -t >"$work/nginx" 2>&1
ok $? "and would after that" "$work/nginx"
in_ nginx -s stop
[ ! -e "$root/usr/sbin/catalysed" ] && [ ! -e "$root/etc/catalyse/catalyse.conf" ] && [ ! -e "$root/etc/nginx/catalyse" ] && [ ! -e "$root/var/cache/catalyse" ]; ok $? "the program and its settings are gone"
[ "$(as_ postgres psql -d catalyse -XqAtc 'select count(*) > 50 from catalyse.sheet')" = t ] && [ -d "$root/var/lib/catalyse" ]
ok $? "the database and /var/lib/catalyse are not"
in_ pg_ctlcluster 15 main stop

# The machine is lost: another one, what was kept of it, the repository, and one command.
repository=$root/var/lib/pgbackrest
root=$work/empty
mounts
in_ dpkg -i /tmp/next.deb >"$work/install" 2>&1
ok $? "another machine, the package installed" "$work/install"
cp -a "$repository" "$root/var/lib/" && cp -R "$work/kept" "$root/mnt/garde"
in_ pg_ctlcluster 15 main start # as apt leaves it
from=$(date +%s%N)
in_ catalyse setup --restore /mnt/garde >"$work/restore0" 2>&1
[ $? = 1 ] && grep -q -- --lost "$work/restore0" && in_ pg_lsclusters -h | grep -q online; ok $? "not before it is said that the former machine is stopped" "$work/restore0"
in_ catalyse setup --restore /mnt/garde --lost >"$work/restore" 2>&1
ok $? "catalyse setup --restore --lost" "$work/restore"
echo "# $((($(date +%s%N) - from) / 100000000)) tenths of a second, for $(as_ postgres psql -d catalyse -XqAtc 'select pg_size_pretty(pg_database_size(current_database()))')"
grep '^Revenue' "$work/restore" | sed 's/^/# /'
secrets | diff "$work/secrets" - >"$work/secrets.diff"
ok $? "what is secret is read by whom it was" "$work/secrets.diff"
in_ catalyse setup --restore /mnt/garde --lost >"$work/restore2" 2>&1
[ $? = 1 ] && grep -q 'déjà des bases' "$work/restore2"; ok $? "it does so only where there is no base" "$work/restore2"
[ "$(as_ postgres psql -d catalyse -XqAtc "select count(*) from private.account where email = 'apres@exemple.org'")" = 1 ]; ok $? "what was written after the backup is there"
start 1
start 2
in_ ln -sf ../sites-available/catalyse.conf /etc/nginx/sites-enabled/catalyse.conf
in_ rm -f /etc/nginx/sites-enabled/default
in_ nginx
[ "$(get / -o "$work/home" -w '%{http_code}')" = 200 ] && grep -q '</html>' "$work/home"; ok $? "the site answers" "$work/catalysed-1.log"
[ "$(people)" = $((before + 5000000)) ]; ok $? "with its territories"
in_ nginx -s stop
for i in 1 2; do kill -TERM "$(cat "$root/run/held/$i")"; done
wait 2>/dev/null
in_ pg_ctlcluster 15 main stop
exit $fail
