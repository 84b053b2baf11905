#!/usr/bin/env bash
# catalyse scale N --apply, with systemctl played by a script that notes what it is asked and starts what it is told, and a real nginx under load:
# what is started answers before nginx knows it, what stops is forgotten before; a list that nginx refuses is not kept. TAP, some seconds.
set -uo pipefail
build=${top_builddir:?run me by make check} top=${top_srcdir:?}
command -v nginx >/dev/null && command -v wrk >/dev/null || { echo "skipped: needs nginx and wrk"; exit 77; }
work=$(mktemp -d /tmp/catalyse-scale.XXXXXX) fail=0
chmod 755 "$work"
cleanup() {
	[ ! -s "$work/nginx.pid" ] || kill -TERM "$(cat "$work/nginx.pid")" 2>/dev/null
	for p in "$work"/run/*.pid; do [ ! -s "$p" ] || kill -TERM "$(cat "$p")" 2>/dev/null; done
	sleep 0.3
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; [ -z "${3:-}" ] || sed 's/^/#   /' "$3"; fi; }
mkdir -p "$work/bin" "$work/run" "$work/etc/catalyse"
for ((port = 20000 + RANDOM % 400; port < 20500; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
real=$(command -v nginx)
cat >"$work/bin/nginx" <<SH
#!/bin/bash
echo "nginx \$*" >>"$work/calls"
exec "$real" -p "$work" -c "$work/nginx.conf" -e "$work/error.log" "\$@"
SH
# systemctl enable|disable --now UNIT...; reload nginx
cat >"$work/bin/systemctl" <<SH
#!/bin/bash
echo "systemctl \$*" >>"$work/calls"
case \$1 in
reload) exec "$real" -p "$work" -c "$work/nginx.conf" -e "$work/error.log" -s reload ;;
enable | disable)
	for unit; do
		case \$unit in *@*.service) i=\${unit#*@}; i=\${i%.service} ;; *) continue ;; esac
		pid=$work/run/\$i.pid
		if [ "\$1" = enable ] && ! { [ -s "\$pid" ] && kill -0 "\$(cat "\$pid")" 2>/dev/null; }; then
			TINY_LOG=1 setsid -f bash -c 'echo \$\$ >"\$1"; exec "\$2" "\$3" 4' x "\$pid" "$build/tests/chaos/tiny_server" "$work/run/\$i.sock" >>"$work/log-\$i" 2>&1 </dev/null
			for ((n = 0; n < 200; n++)); do [ -S "$work/run/\$i.sock" ] && break; sleep 0.05; done
		elif [ "\$1" = disable ] && [ -s "\$pid" ]; then
			kill -TERM "\$(cat "\$pid")"
			for ((n = 0; n < 200; n++)); do kill -0 "\$(cat "\$pid")" 2>/dev/null || break; sleep 0.05; done
			rm -f "\$pid"
		fi
	done ;;
esac
SH
chmod 755 "$work"/bin/*
echo "SOCKET=$work/run/1.sock" >"$work/catalyse.conf"
cat >"$work/nginx.conf" <<CONF
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log warn;
$([ "$(id -u)" != 0 ] || echo "user root;")
events { worker_connections 512; }
http {
	access_log off;
	client_body_temp_path $work/b; fastcgi_temp_path $work/f; proxy_temp_path $work/p; scgi_temp_path $work/s; uwsgi_temp_path $work/u;
	upstream catalyse { least_conn; zone catalyse 64k; include $work/etc/catalyse/instances.conf; keepalive 16; keepalive_timeout 2s; }
	server {
		listen 127.0.0.1:$port;
		keepalive_requests 1000000;
		location / {
			include /etc/nginx/fastcgi_params;
			fastcgi_pass catalyse;
			fastcgi_keep_conn on; fastcgi_connect_timeout 1s;
			fastcgi_next_upstream error timeout; fastcgi_next_upstream_tries 2;
		}
	}
}
CONF
scale() { PATH="$work/bin:$PATH" "$build/catalyse" scale "$@" --nginx "$work/etc" --config "$work/catalyse.conf" >"$work/said" 2>&1; }
answering() { for ((i = 0; i < 60; i++)); do curl -s -m 5 "http://127.0.0.1:$port/tiny"; done | sort -u | grep -c '^pid'; }
told() { cat "$work"/log-* | grep -c "\"msg\":\"$1\""; } # by the journals of the instances
workers() { # what they measure, those that are there
	local s
	for s in "$work"/run/*.sock; do "$build/tests/http/fcgi_client" -t 5000 "$s" /metrics; done | awk '$1 == "catalyse_workers" { n += $2 } $1 == "catalyse_requests_cut_total" { c += $2 } END { print n + 0, c + 0 }'
}
wait_for() { local n; for ((n = 0; n < 300; n++)); do eval "$1" && return; sleep 0.1; done; return 1; }

scale 3
[ "$(grep -c "^server unix:$work/run/[123].sock max_fails=1 fail_timeout=2s;$" "$work/said")" = 3 ] && [ ! -e "$work/calls" ]
say $? "without --apply the list is printed, and nothing is run" "$work/said"
for n in 1 0 65 x 2x; do scale $n && say 1 "$n instances are refused"; done
# Two, and nginx.
scale 2 --apply
[ $? != 0 ] && [ ! -e "$work/etc/catalyse/instances.conf" ]; say $? "no list where nginx would read it: refused" "$work/said"
cp "$top/nginx/snippets/instances.conf" "$work/etc/catalyse/instances.conf"
scale 2 --apply # nginx does not run yet: what is said of the reload is not looked at
"$real" -p "$work" -c "$work/nginx.conf" -e "$work/error.log"
wait_for "curl -sf -m 2 -o /dev/null http://127.0.0.1:$port/tiny"
[ "$(answering)" = 2 ]; say $? "two instances answer" "$work/log-1"
[ "$(workers)" = "8 0" ] && [ "$(told serving)" = 2 ]; say $? "and say so: $(told serving) in their journals, $(workers | cut -d' ' -f1) workers by their metrics"

# A connection for each request: nginx closes those that clients keep when it is reloaded, and they ask again.
wrk -t1 -c8 -d8s --timeout 10s -H 'Connection: close' "http://127.0.0.1:$port/tiny" >"$work/wrk" 2>&1 &
load=$!
: >"$work/calls"
scale 4 --apply; say $? "to four" "$work/said"
printf '%s\n' 'systemctl enable --now catalyse@1.socket catalyse@1.service' 'systemctl enable --now catalyse@2.socket catalyse@2.service' \
	'systemctl enable --now catalyse@3.socket catalyse@3.service' 'systemctl enable --now catalyse@4.socket catalyse@4.service' 'nginx -t -q' 'systemctl reload nginx' >"$work/wanted"
cmp -s "$work/wanted" "$work/calls"; say $? "started, then nginx -t, then reloaded" "$work/calls"
wait_for '[ "$(answering)" = 4 ]'; say $? "four answer"
[ "$(workers)" = "16 0" ] && [ "$(told serving)" = 4 ]; say $? "four tell it: $(told serving) serve, $(workers | cut -d' ' -f1) workers"

# A configuration that nginx refuses: the list is the one before, and nothing is reloaded.
cp "$work/etc/catalyse/instances.conf" "$work/before"
cp "$work/nginx.conf" "$work/good.conf"
sed -i 's/least_conn;/least_conn; nowhere;/' "$work/nginx.conf"
: >"$work/calls"
scale 5 --apply
[ $? = 1 ] && cmp -s "$work/before" "$work/etc/catalyse/instances.conf" && ! grep -q reload "$work/calls" && grep -q "ancienne liste" "$work/said"
say $? "refused by nginx: the list before is put back, nothing is reloaded" "$work/said"
! ls "$work/run/5.sock" >/dev/null 2>&1; say $? "and the fifth, that nobody would ask, is stopped" "$work/calls"
[ "$(workers)" = "16 0" ] && grep -q '"msg":"serving"' "$work/log-5" && grep '"msg":"stopped"' "$work/log-5" | grep -q '"stuck":0'; say $? "as its journal tells, and the metrics of the four" "$work/log-5"
mv "$work/good.conf" "$work/nginx.conf"

: >"$work/calls"
scale 2 --apply; say $? "back to two" "$work/said"
printf '%s\n' 'nginx -t -q' 'systemctl reload nginx' 'systemctl disable --now catalyse@3.socket catalyse@3.service' 'systemctl disable --now catalyse@4.socket catalyse@4.service' >"$work/wanted"
grep -v ' enable ' "$work/calls" | cmp -s "$work/wanted" -; say $? "nginx first, then the surplus stops" "$work/calls"
[ "$(answering)" = 2 ] && [ ! -e "$work/run/3.sock" ]; say $? "two answer"
[ "$(workers)" = "8 0" ] && [ "$(cat "$work"/log-[34] | grep -c '"msg":"draining"')" = 2 ] && [ "$(cat "$work"/log-[34] | grep '"msg":"stopped"' | grep -c '"stuck":0')" = 2 ]
say $? "the two others drained and stopped with nothing stuck, as they tell; the two that are left have 8 workers and cut nobody" "$work/log-3"
wait $load
requests=$(awk '/requests in/ { print $1 }' "$work/wrk")
[ "${requests:-0}" -ge 100 ] && ! grep -q 'Non-2xx\|Socket errors' "$work/wrk"; say $? "$requests requests meanwhile, 0 failed" "$work/wrk"
exit $fail
