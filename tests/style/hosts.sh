#!/usr/bin/env bash
# The examples of docs/plusieurs-hotes and nginx/balancer.conf are read by the programs they are for. A program that is not installed is said
# and its example left.
set -uo pipefail
top=${top_srcdir:?run me by make check}
dir=$(mktemp -d) fail=0
trap 'rm -rf "$dir"' EXIT
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; fi; }
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=catalyse.example -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null || exit 1
cat "$dir/cert.pem" "$dir/key.pem" >"$dir/site.pem"
if command -v haproxy >/dev/null; then
	sed "s|/etc/catalyse/tls/site.pem|$dir/site.pem|" "$top/docs/plusieurs-hotes/haproxy.cfg" >"$dir/haproxy.cfg"
	haproxy -c -q -f "$dir/haproxy.cfg" 2>"$dir/said"
	say $? "haproxy reads its example $(head -n 3 "$dir/said")"
	[ ! -s "$dir/said" ]
	say $? "without a warning $(head -n 3 "$dir/said")"
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
