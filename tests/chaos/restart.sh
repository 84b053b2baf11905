#!/bin/bash
# Two instances behind nginx, restarted in turn under load with kept connections: no request may fail.
# SOCKETS=held: a parent keeps the listening sockets, as systemd does; SOCKETS=own: each instance opens its own, and is back
# for longer than nginx's fail_timeout (2 s) before the other goes, else nginx believes that both are away.
# RESTARTS and SECONDS_OF_LOAD change its length.
set -u
bin=${CHAOS_BIN:-${top_builddir:-.}/tests}
server=${TINY_SERVER:-$bin/chaos/tiny_server}
holder=${HOLD_SOCKET:-$bin/chaos/hold_socket}
client=${FCGI_CLIENT:-$bin/http/fcgi_client}
sockets=${SOCKETS:-held}
restarts=${RESTARTS:-4}
seconds=${SECONDS_OF_LOAD:-10}
command -v nginx >/dev/null && command -v wrk >/dev/null || { echo "skipped: needs nginx and wrk"; exit 77; }
dir=$(mktemp -d /tmp/chaos.XXXXXX) || exit 1
chmod 755 "$dir"
declare -A pid=([1]= [2]=)
nginx_pid=

cleanup() {
	[ -n "$nginx_pid" ] && kill -TERM "$nginx_pid" 2>/dev/null && wait "$nginx_pid" 2>/dev/null
	for i in 1 2; do [ -n "${pid[$i]}" ] && kill -TERM "${pid[$i]}" 2>/dev/null && wait "${pid[$i]}" 2>/dev/null; done
	rm -rf "$dir"
}
trap cleanup EXIT

start() {
	if [ "$sockets" = held ]; then
		TINY_LOG=1 "$holder" "$dir/$1.sock" "$server" "$dir/$1.sock" 4 2> >(grep --line-buffered -v '"msg":"request"' >>"$dir/log") &
	else
		TINY_LOG=1 "$server" "$dir/$1.sock" 4 2> >(grep --line-buffered -v '"msg":"request"' >>"$dir/log") &
	fi
	pid[$1]=$!
	for _ in $(seq 200); do [ -S "$dir/$1.sock" ] && return; sleep 0.01; done
	echo "not ok - instance $1 does not start"; cat "$dir/log"; exit 1
}
measured() { "$client" -t 5000 "$dir/$1.sock" /metrics | sed -n "s/^$2 //p"; } # INSTANCE NAME
user=$(id -un)
cat >"$dir/nginx.conf" <<CONF
worker_processes 1;
pid $dir/nginx.pid;
error_log $dir/error.log warn;
daemon off;
$([ "$user" = root ] && echo "user root;")
events { worker_connections 1024; }
http {
	access_log off;
	client_body_temp_path $dir/b; fastcgi_temp_path $dir/f; proxy_temp_path $dir/p; scgi_temp_path $dir/s; uwsgi_temp_path $dir/u;
	upstream app { zone app 64k; server unix:$dir/1.sock max_fails=1 fail_timeout=2s; server unix:$dir/2.sock max_fails=1 fail_timeout=2s;
		keepalive 64; keepalive_timeout 2s; }
	server {
		listen unix:$dir/http.sock;
		listen 127.0.0.1:${PORT:-18391};
		keepalive_requests 1000000;
		location / {
			include /etc/nginx/fastcgi_params;
			fastcgi_pass app;
			fastcgi_keep_conn on;
			fastcgi_connect_timeout 1s; fastcgi_read_timeout 10s;
			fastcgi_next_upstream error timeout; fastcgi_next_upstream_tries 2;
		}
	}
}
CONF
start 1
start 2
nginx -e "$dir/error.log" -p "$dir" -c "$dir/nginx.conf" &
nginx_pid=$!
for _ in $(seq 100); do curl -sf --max-time 1 -o /dev/null --unix-socket "$dir/http.sock" http://x/tiny && break; sleep 0.05; done
cat >"$dir/mix.lua" <<'LUA'
local n = 0
request = function()
	n = n + 1
	if n % 10 == 0 then
		return wrk.format("POST", "/post", { ["Content-Type"] = "application/x-www-form-urlencoded",
			["Sec-Fetch-Site"] = "same-origin" }, "q=abc")
	end
	return wrk.format("GET", "/tiny")
end
LUA
began1=$(measured 1 process_start_time_seconds) began2=$(measured 2 process_start_time_seconds)
wrk -t1 -c32 -d"${seconds}s" -s "$dir/mix.lua" "http://127.0.0.1:${PORT:-18391}/" >"$dir/wrk" &
load=$!
sleep 1
pause=$(awk -v s="$seconds" -v n="$restarts" 'BEGIN { p = (s - 2) / n; print p < 0.1 ? 0.1 : p }')
made=0
for k in $(seq "$restarts"); do
	i=$((k % 2 + 1))
	if [ "$sockets" = held ]; then
		kill -HUP "${pid[$i]}"
	else
		kill -TERM "${pid[$i]}"
		wait "${pid[$i]}" || { echo "not ok - instance $i ended with status $?"; exit 1; }
		start "$i"
	fi
	made=$((made + 1))
	kill -0 $load 2>/dev/null || break
	sleep "$pause"
done
wait $load
if [ "$sockets" = held ] && [ "$(grep -c restarted "$dir/log")" -lt $((restarts / 2)) ]; then
	echo "not ok - the holder did not restart its server"; cat "$dir/log"; exit 1
fi
# What each restart must tell: the journal, that it drained and stopped with nothing stuck; the metrics, that it began again and cut nobody.
[ "$sockets" = own ] || made=$(grep -c restarted "$dir/log")
told() { # every line is there: they come through a filter
	[ "$(grep -c '"msg":"draining"' "$dir/log")" = "$made" ] && [ "$(grep '"msg":"stopped"' "$dir/log" | grep -c '"stuck":0')" = "$made" ]
}
for _ in $(seq 300); do told && break; sleep 0.1; done
told || { echo "not ok - sockets $sockets: $made restarts, and the journal tells of others"; tail -n 20 "$dir/log"; exit 1; }
for i in 1 2; do
	began=began$i
	awk -v a="${!began}" -v b="$(measured $i process_start_time_seconds)" -v c="$(measured $i catalyse_requests_cut_total)" 'BEGIN { exit !(a > 0 && b > a && c == "0") }' ||
		{ echo "not ok - sockets $sockets: the metrics of instance $i do not tell that it began again and cut nobody"; exit 1; }
done
requests=$(awk '/requests in/ { print $1 }' "$dir/wrk")
bad=$(awk '/Non-2xx/ { print $NF } /Socket errors/ { gsub(/[^0-9 ]/, ""); n = $1 + $2 + $3 + $4; if (n) print n }' "$dir/wrk")
if [ -n "$bad" ] || [ "${requests:-0}" -lt 1000 ]; then
	echo "not ok - sockets $sockets: $restarts restarts, ${requests:-0} requests, failed: $bad"
	cat "$dir/wrk"; tail -5 "$dir/error.log"
	exit 1
fi
echo "ok - sockets $sockets: $restarts restarts in turn, $requests requests (one in ten a POST), 0 failed; each told by the journal and by the metrics"
