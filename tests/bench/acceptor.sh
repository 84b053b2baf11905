#!/bin/bash
# A trivial handler behind nginx: the acceptor with kept connections against libfcgi's own accept loop, one connection a request
# (its best set-up: with kept connections it blocks). Prints req/s of each, in turn, and the ratio of the medians.
set -u
bin=${CHAOS_BIN:-${top_builddir:-.}/tests}
server=${TINY_SERVER:-$bin/chaos/tiny_server}
stock=${STOCK_FCGI:-$bin/bench/stock_fcgi}
threads=${THREADS:-4}
rounds=${ROUNDS:-3}
port=${PORT:-18392}
dir=$(mktemp -d /tmp/bench.XXXXXX) || exit 1
chmod 755 "$dir"
pids=()
cleanup() { for p in "${pids[@]}"; do kill -KILL "$p" 2>/dev/null; done; rm -rf "$dir"; }
trap cleanup EXIT
cat >"$dir/nginx.conf" <<CONF
worker_processes 1;
pid $dir/nginx.pid;
error_log $dir/error.log error;
daemon off;
master_process off;
events { worker_connections 2048; }
http {
	access_log off;
	keepalive_requests 100000000;
	client_body_temp_path $dir/b; fastcgi_temp_path $dir/f; proxy_temp_path $dir/p; scgi_temp_path $dir/s; uwsgi_temp_path $dir/u;
	upstream own { server unix:$dir/own.sock; keepalive 64; keepalive_timeout 2s; }
	upstream stock { server unix:$dir/stock.sock; }
	server {
		listen 127.0.0.1:$port;
		include /etc/nginx/fastcgi_params;
		location /tiny { fastcgi_pass own; fastcgi_keep_conn on; }
		location /stock { fastcgi_pass stock; }
	}
}
CONF
"$server" "$dir/own.sock" "$threads" & pids+=($!)
"$stock" "$dir/stock.sock" "$threads" & pids+=($!)
sleep 0.3
chmod 666 "$dir"/*.sock
nginx -e "$dir/error.log" -p "$dir" -c "$dir/nginx.conf" & pids+=($!)
sleep 0.5
measure() { wrk -t1 -c64 -d"${SECONDS_EACH:-4}s" "http://127.0.0.1:$port/$1" >"$dir/out"; grep -E 'Non-2xx|Socket errors' "$dir/out" >&2; awk '/Requests\/sec/ { printf "%d\n", $2 }' "$dir/out"; }
for _ in $(seq "$rounds"); do
	a=$(measure tiny); b=$(measure stock)
	echo "acceptor $a req/s, stock loop $b req/s"
	echo "$a" >>"$dir/a"; echo "$b" >>"$dir/b_"
done
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
a=$(median "$dir/a"); b=$(median "$dir/b_")
awk -v a="$a" -v b="$b" 'BEGIN { printf "ratio %.2f (medians %d and %d req/s)\n", a / b, a, b }'
