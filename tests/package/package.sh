#!/usr/bin/env bash
# The Debian package on a clean Debian 12 root: built, examined by lintian, installed by apt, `catalyse setup`, a site that answers over TLS,
# an upgrade under load, a purge that leaves the data. TAP. As root; about ten minutes, most of it apt. Run by make check-package.
#   DEB=FILE        a package already built            ROOT_TAR=FILE   a debootstrap root kept from another run (written when absent)
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
	deb=${DEB:-}
	n=0
	if [ -z "$deb" ]; then
		(cd "$build" && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s distdir >"$work/dist.log" 2>&1) || { tail "$work/dist.log"; echo "Bail out! no archive"; exit 1; }
		mv "$build"/catalyse-[0-9]* "$work/src"
		(cd "$work/src" && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL dpkg-buildpackage -us -uc -b) >"$work/build.log" 2>&1 ||
			{ tail -n 40 "$work/build.log"; echo "not ok - dpkg-buildpackage"; exit 1; }
		echo "ok - dpkg-buildpackage"
		deb=$(ls "$work"/catalyse_*.deb)
		lintian "$work"/catalyse_*.changes >"$work/lintian" 2>/dev/null
		if grep '^E:' "$work/lintian"; then echo "not ok - lintian finds errors"; exit 1; fi
		echo "ok - lintian: 0 error$(sed -n 's/^W:/, warning:/p' "$work/lintian" | tr '\n' ' ')"
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
	cp "$deb" "$root/tmp/catalyse.deb"
	chroot "$root" apt-get update -qq >"$work/apt.log" 2>&1
	chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/catalyse.deb postgresql-15 postgresql-15-postgis-3 \
		postgresql-15-postgis-3-scripts hunspell-fr-comprehensive ca-certificates openssl curl >>"$work/apt.log" 2>&1
	status=$?
	[ $status = 0 ] && echo "ok - apt installs it on a clean Debian 12" || { tail -n 30 "$work/apt.log"; echo "not ok - apt installs it"; exit 1; }
	cp "$build/tests/chaos/hold_socket" "$root/usr/local/bin/"
	mkdir "$root/tmp/data"
	find "$data/prepared" -maxdepth 1 -type f -exec cp {} "$root/tmp/data/" \;
	IN_PACKAGE=$work unshare --net --mount --pid --fork --kill-child bash "$0"
	exit
fi
work=$IN_PACKAGE root=$work/root fail=0
ok() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; [ -z "${3:-}" ] || tail -n 30 "$3" | sed 's/^/# /'; fi; }
in_() { chroot "$root" env LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
ip link set lo up
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run" && mkdir -p "$root/run/postgresql" "$root/run/lock" && chown "$(in_ id -u postgres):$(in_ id -g postgres)" "$root/run/postgresql" && chmod 2775 "$root/run/postgresql"
mkdir -p "$root/dev/shm" && mount -t tmpfs tmpfs "$root/dev/shm"

in_ catalyse setup --cluster --data /tmp/data >"$work/setup" 2>&1
ok $? "catalyse setup" "$work/setup"
in_ catalyse setup --data /tmp/data >"$work/setup2" 2>&1
ok $? "and again: it goes on" "$work/setup2"
[ "$(in_ find /etc/catalyse -name catalyse.conf -perm 640 -user root | wc -l)" = 1 ]; ok $? "the settings are there, for the account alone"
echo "BASE_URL=https://catalyse.example" >>"$root/etc/catalyse/catalyse.conf"

# What systemd would do: sockets held open, instances as the account of the package.
mkdir -p "$root/run/catalyse"
start() { # the unit's number
	(exec chroot "$root" hold_socket "/run/catalyse/$1.sock" /usr/bin/setpriv --reuid=catalyse --regid=catalyse --init-groups \
		/usr/sbin/catalysed -c /etc/catalyse/catalyse.conf 2>>"$work/catalysed-$1.log") &
	held[$1]=$!
	for _ in $(seq 100); do [ -S "$root/run/catalyse/$1.sock" ] && break; sleep 0.05; done
	chown "$(in_ id -u catalyse):$(in_ id -g www-data)" "$root/run/catalyse/$1.sock" && chmod 660 "$root/run/catalyse/$1.sock"
}
held=()
start 1
start 2
mkdir -p "$root/etc/catalyse/tls"
in_ openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=catalyse.example -keyout /etc/catalyse/tls/privkey.pem -out /etc/catalyse/tls/fullchain.pem 2>/dev/null
in_ ln -sf ../sites-available/catalyse.conf /etc/nginx/sites-enabled/catalyse.conf
in_ rm -f /etc/nginx/sites-enabled/default
in_ nginx -t >"$work/nginx" 2>&1
ok $? "nginx takes the site" "$work/nginx"
in_ nginx
get() { curl -sk --max-time 10 --resolve catalyse.example:443:127.0.0.1 "https://catalyse.example$1" "${@:2}"; }
[ "$(get / -o "$work/home" -w '%{http_code}')" = 200 ] && grep -q '</html>' "$work/home"; ok $? "the site answers" "$work/catalysed-1.log"
[ "$(get '/territoires/commune/97410-saint-benoit.json' | jq -r .nom)" = Saint-Benoît ]; ok $? "with its territories"

# The next version, under load: the package, then one instance after the other.
mkdir "$work/next" && dpkg-deb -R "$root/tmp/catalyse.deb" "$work/next/tree"
sed -i 's/^Version: .*/&+1/' "$work/next/tree/DEBIAN/control"
dpkg-deb -b "$work/next/tree" "$root/tmp/next.deb" >/dev/null
cat >"$work/mix.lua" <<'LUA'
local paths = { "/fiches.json?taille=5", "/catalyseurs", "/", "/territoires/commune/97410-saint-benoit", "/recherche?q=lieu" }
local n = 0
request = function()
	n = n + 1
	return wrk.format("GET", paths[n % #paths + 1] .. (n % 3 == 0 and (paths[n % #paths + 1]:find("?") and "&" or "?") .. "v=" .. n or ""), { Host = "catalyse.example" })
end
LUA
# The limits by address are for visitors; this one is many.
sed -i 's/default 0;/default 0; 127.0.0.1 1;/' "$root/etc/nginx/sites-available/catalyse.conf" && in_ nginx -s reload
wrk -t1 -c8 -d40s --timeout 10s -s "$work/mix.lua" https://127.0.0.1/ >"$work/wrk" 2>&1 &
load=$!
sleep 3
in_ dpkg -i /tmp/next.deb >"$work/upgrade" 2>&1
ok $? "upgrade" "$work/upgrade"
in_ setpriv --reuid="$(in_ id -u postgres)" --regid="$(in_ id -g postgres)" --init-groups catalyse migrate --config /dev/null >"$work/migrate" 2>&1
ok $? "migrations" "$work/migrate"
for i in 1 2 1 2; do
	kill -HUP "${held[$i]}"
	sleep 3
done
wait $load
grep -E 'requests in|Non-2xx|Socket errors' "$work/wrk" | sed 's/^ */# /'
grep -q 'requests in' "$work/wrk" && ! grep -q 'Non-2xx\|Socket errors' "$work/wrk"
ok $? "no request failed" "$work/wrk"
[ "$(in_ dpkg-query -W -f '${Version}' catalyse)" = "$(sed -n 's/^Version: //p' "$work/next/tree/DEBIAN/control")" ]; ok $? "the new version is there"

# Purged: the program and its settings go, what people wrote stays.
in_ nginx -s stop
for i in 1 2; do kill -TERM "${held[$i]}"; done
wait 2>/dev/null
in_ env DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq catalyse >"$work/purge" 2>&1
ok $? "purge" "$work/purge"
[ ! -e "$root/usr/sbin/catalysed" ] && [ ! -e "$root/etc/catalyse/catalyse.conf" ]; ok $? "the program and its settings are gone"
[ "$(in_ setpriv --reuid="$(in_ id -u postgres)" --regid="$(in_ id -g postgres)" --init-groups psql -d catalyse -XqAtc 'select count(*) > 50 from catalyse.sheet')" = t ] && [ -d "$root/var/lib/catalyse" ]
ok $? "the database and /var/lib/catalyse are not"
in_ pg_ctlcluster 15 main stop
exit $fail
