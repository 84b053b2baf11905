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
resolved=()
says() { [ "$(curl -sk "${resolved[@]}" -m 20 -o /dev/null -w '%{http_code}' "$1")" = "$2" ]; } # URL STATUS
free_port && plain=$port && free_port && secret=$port && free_port && nobody=$port
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; fi; }
# A root, two intermediate authorities, and the site's certificate with those two behind it.
signed() { # NAME SUBJECT BY EXTENSIONS
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$2" -keyout "$dir/$1.key" -out "$dir/$1.csr" 2>/dev/null &&
		openssl x509 -req -in "$dir/$1.csr" -CA "$dir/$3.pem" -CAkey "$dir/$3.key" -CAcreateserial -days 2 -extfile <(echo "$4") -out "$dir/$1.pem" 2>/dev/null
}
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=root -keyout "$dir/root.key" -out "$dir/root.pem" 2>/dev/null &&
	signed above above root basicConstraints=CA:TRUE && signed below below above basicConstraints=CA:TRUE && signed leaf catalyse.example below subjectAltName=DNS:catalyse.example || exit 1
cat "$dir/leaf.pem" "$dir/below.pem" "$dir/above.pem" >"$dir/cert.pem" && mv "$dir/leaf.key" "$dir/key.pem"
cat "$dir/cert.pem" "$dir/key.pem" >"$dir/site.pem"
if command -v haproxy >/dev/null; then
	sed "s|/etc/catalyse/tls/site.pem|$dir/site.pem|; s|/usr/share/catalyse/erreurs|$top/nginx/erreurs|" "$top/docs/plusieurs-hotes/haproxy.cfg" >"$dir/haproxy.cfg"
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
	sed "s|/etc/catalyse/tls/fullchain.pem|$dir/cert.pem|; s|/etc/catalyse/tls/privkey.pem|$dir/key.pem|; s|/etc/ssl/certs/ca-certificates.crt|$dir/root.pem|; s|/usr/share/catalyse/erreurs|$top/nginx/erreurs|" "$top/nginx/balancer.conf"
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
curl -sk -D - "https://127.0.0.1:$secret/" | tr -d '\r' | grep -qi '^retry-after: 5$' && curl -sk "https://127.0.0.1:$secret/" | grep -q 'Le service ne répond pas' &&
	curl -sk -H 'Accept: application/json' "https://127.0.0.1:$secret/" | jq -e .title >/dev/null
say $? "in a page of ours, in data to who asks for data, and when to come back"
# A host comes: known by a chain of two intermediate authorities, which nginx does not follow by default.
printf 'pid %s; error_log stderr crit; events {} http { access_log off; client_body_temp_path %s; proxy_temp_path %s; fastcgi_temp_path %s; uwsgi_temp_path %s; scgi_temp_path %s;
	server { listen 127.0.0.1:%s ssl; ssl_certificate %s; ssl_certificate_key %s; location / { return 204; } } }' "$dir/host.pid" "$dir/b" "$dir/p" "$dir/f" "$dir/u" "$dir/s" "$nobody" "$dir/cert.pem" "$dir/key.pem" >"$dir/host.conf"
"$nginx" -p "$dir" -e stderr -c "$dir/host.conf" -g 'daemon off;' 2>"$dir/said" &
started+=($!)
resolved=(--resolve "catalyse.example:$secret:127.0.0.1")
until_ says "https://catalyse.example:$secret/" 204
say $? "a host whose certificate has two intermediate authorities behind it is believed $(head -n 3 "$dir/said")"
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
