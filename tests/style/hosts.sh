#!/usr/bin/env bash
# The examples of docs/plusieurs-hotes and nginx/balancer.conf are read by the programs they are for. A program that is not installed is said
# and its example left.
set -uo pipefail
top=${top_srcdir:?run me by make check}
dir=$(mktemp -d) fail=0
started=()
trap 'for p in "${started[@]}"; do kill "$p" 2>/dev/null; done; rm -rf "$dir"' EXIT
port=$((17000 + RANDOM % 600))
free_port() { port=$((port + 1)); while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done; } # in $port
until_() { local i; for ((i = 0; i < 300; i++)); do "$@" 2>/dev/null && return; sleep 0.1; done; return 1; }
says() { [ "$(curl -sk -m 20 -o /dev/null -w '%{http_code}' "$1")" = "$2" ]; } # URL STATUS
free_port && plain=$port && free_port && secret=$port && free_port && nobody=$port
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; fi; }
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=catalyse.example -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null || exit 1
cat "$dir/cert.pem" "$dir/key.pem" >"$dir/site.pem"
if command -v haproxy >/dev/null; then
	sed "s|/etc/catalyse/tls/site.pem|$dir/site.pem|" "$top/docs/plusieurs-hotes/haproxy.cfg" >"$dir/haproxy.cfg"
	haproxy -c -q -f "$dir/haproxy.cfg" 2>"$dir/said"
	say $? "haproxy reads its example $(head -n 3 "$dir/said")"
	[ ! -s "$dir/said" ]
	say $? "without a warning $(head -n 3 "$dir/said")"
	# Nobody behind it: what it writes of a visitor, of one whom no host answers, and of one who does not speak TLS.
	sed -i "s|log /dev/log local0|log stdout format raw local0|; s|bind :80$|bind 127.0.0.1:$plain|; s|bind :443|bind 127.0.0.1:$secret|; s|192.0.2.2[12]:443|127.0.0.1:$nobody|; /^\tuser /d; s|maxconn 16384|maxconn 100|" "$dir/haproxy.cfg"
	haproxy -db -f "$dir/haproxy.cfg" >"$dir/haproxy.log" 2>&1 &
	started+=($!)
	until_ says "http://127.0.0.1:$plain/?q=secret" 301 && until_ says "https://127.0.0.1:$secret/?q=secret" 503 && echo 'not TLS at all' >"/dev/tcp/127.0.0.1/$secret" && until_ grep -q '"error"' "$dir/haproxy.log"
	say $? "haproxy runs by it $(tail -n 3 "$dir/haproxy.log")"
	grep '^{' "$dir/haproxy.log" | jq -es 'length >= 3 and all(.net == "127.0.0.0") and any(.status == 301) and any(.status == 503) and any(.error)' >/dev/null
	say $? "and its lines are JSON, where an address ends in .0"
	! grep '127\.0\.0\.1\|secret' "$dir/haproxy.log" >"$dir/said"
	say $? "no whole address in its journal, nor what was asked $(head -n 3 "$dir/said")"
else
	echo "# haproxy is not installed: its example was not read"
fi
nginx=$(command -v nginx || echo /usr/sbin/nginx)
{
	echo "pid $dir/pid; error_log stderr; events {} http { client_body_temp_path $dir/b; proxy_temp_path $dir/p; fastcgi_temp_path $dir/f; uwsgi_temp_path $dir/u; scgi_temp_path $dir/s;"
	sed "s|/etc/catalyse/tls/fullchain.pem|$dir/cert.pem|; s|/etc/catalyse/tls/privkey.pem|$dir/key.pem|; s|/etc/ssl/certs/ca-certificates.crt|$dir/cert.pem|" "$top/nginx/balancer.conf"
	echo "}"
} >"$dir/nginx.conf"
"$nginx" -t -q -p "$dir" -e stderr -c "$dir/nginx.conf" 2>"$dir/said"
say $? "nginx reads the balancer's example $(grep -v 'test is successful' "$dir/said" | head -n 3)"
# As Debian's nginx has it: both journals, at the usual level, where a host that fails is written with the visitor's address.
sed -i "s|error_log stderr;|error_log $dir/error.log;|; s|http {|http { access_log $dir/access.log;|; s|/var/log/nginx/|$dir/|; /listen \[::\]/d; s|listen 80;|listen 127.0.0.1:$plain;|; s|listen 443 |listen 127.0.0.1:$secret |; s|192.0.2.2[12]:443|127.0.0.1:$nobody|" "$dir/nginx.conf"
[ ${#started[@]} = 0 ] || { kill "${started[0]}" 2>/dev/null; wait "${started[0]}" 2>/dev/null; started=(); }
"$nginx" -p "$dir" -e "$dir/error.log" -c "$dir/nginx.conf" -g 'daemon off;' >"$dir/said" 2>&1 &
started+=($!)
until_ says "http://127.0.0.1:$plain/" 301 && until_ says "https://127.0.0.1:$secret/" 502
say $? "nginx runs by it, and says that no host answers $(head -n 3 "$dir/said")"
! grep -h '127\.0\.0\.1' "$dir/access.log" "$dir/error.log" "$dir/catalyse-repartiteur-erreurs.log" >"$dir/said"
say $? "without a word of who asked $(head -n 3 "$dir/said")"
/usr/bin/python3 - "$top/docs/plusieurs-hotes/patroni.yml" <<'PY'
import sys
try:
	import yaml
except ImportError:
	print("# no YAML reader for Debian's Python: Patroni's example was not read"); sys.exit(0)
c = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
for path in ("scope", "name", "restapi.listen", "etcd3.hosts", "bootstrap.dcs.synchronous_mode", "postgresql.data_dir", "postgresql.authentication.replication.username"):
	at = c
	for k in path.split("."):
		at = at[k]
PY
say $? "Patroni's example is YAML, with what Patroni asks for"
/usr/bin/python3 -c 'import configparser, sys; c = configparser.ConfigParser(comment_prefixes=(";",), interpolation=None); c.read(sys.argv[1]); assert c["pgbouncer"]["pool_mode"] == "session" and len(c["databases"]) == 3' \
	"$top/docs/plusieurs-hotes/pgbouncer.ini"
say $? "PgBouncer's example is what it says"
exit $fail
