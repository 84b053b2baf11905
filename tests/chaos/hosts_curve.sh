# hosts_curve.sh: pages that no cache holds, by the number of workers, through the balancer. Sourced by hosts.sh while all is well (CURVE=1);
# prints a table (hosts_doc.sh makes a page of it) and checks that what is answered grows with the workers until the processors are full.
command -v wrk >/dev/null || { echo "Bail out! the curve needs wrk"; exit 1; }
cat >"$tmp/uncached.lua" <<'LUA'
local n, pages = 0, { "/fiches?q=eau&n=", "/fiches?territoire=region:04&n=", "/territoires?n=", "/catalyseurs?n=", "/fiches?page=3&n=" }
request = function()
	n = n + 1
	return wrk.format("GET", pages[n % #pages + 1] .. n .. "x" .. os.time())
end
LUA
idle() { awk '/^cpu / { print $5 + $6, $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9 }' /proc/stat; }
stop_all() { # and waits for their end: one that still drains would meet the next ones
	local p
	for p in "$dir"/pids/catalysed-*; do kill -TERM "$(cat "$p")" 2>/dev/null; done
	for p in "$dir"/pids/catalysed-*; do until_ 30 gone "$(cat "$p")"; done
	rm -f "$dir"/w*-*.sock
}
gone() { ! kill -0 "$1"; }
all_answer() { # HOSTS INSTANCES: each instance by its own address
	local h i
	for h in $1; do for ((i = 1; i <= $2; i++)); do until_ 30 answers "http://${addr[$h]}:8080/metrics/$i"; done; done
}
curve() { # WORKERS HOSTS INSTANCES THREADS
	local h i only= before after
	stop_all
	for h in $2; do
		sed -i "s/^THREADS=.*/THREADS=$4/" "$dir/$h.conf"
		for ((i = 1; i <= $3; i++)); do instance "$h" $i; done
	done
	[ "$2" != w1 ] || only="s|server ${addr[w2]}:8080.*||"
	sed "$only" "$dir/nginx-lb/balancer.all" >"$dir/nginx-lb/balancer.conf"
	kill -HUP "$(cat "$dir/nginx-lb/nginx.pid")"
	all_answer "$2" $3
	sleep 2.5 # past fail_timeout
	wrk -t1 -c$(($1 * 4)) -d2s -s "$tmp/uncached.lua" "$BASE" >/dev/null
	before=$(idle)
	wrk -t1 -c$(($1 * 4)) -d"${CURVE_S:-8}s" --latency -s "$tmp/uncached.lua" "$BASE" >"$tmp/wrk"
	after=$(idle)
	awk -v w="$1" -v h="$2" -v i="$3" -v t="$4" -v b="$before" -v a="$after" '/Requests\/sec/ { r = $2 } /50%/ { m = $2 } /99%/ { p = $2 } /Non-2xx/ { bad = $NF }
		END { split(b, x); split(a, y); printf "| %d | %s × %d × %d | %d | %s | %s | %d %% | %d |\n", w, h, i, t, r, m, p, 100 * (1 - (y[1] - x[1]) / (y[2] - x[2])), bad }' "$tmp/wrk" | tee -a "$tmp/curve"
}
cp "$dir/nginx-lb/balancer.conf" "$dir/nginx-lb/balancer.all"
curve_load=$(cut -d' ' -f1 /proc/loadavg)
echo "# $(date -u +%F), $(nproc) cores, load before: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "| Workers | hosts × instances × threads | pages a second | median | 99 % | processors | failed |"
curve 1 w1 1 1
curve 2 "w1 w2" 1 1
curve 4 "w1 w2" 2 1
curve 8 "w1 w2" 2 2
# Grows while a processor is idle: with two workers more than with one, unless the machine was full already. Once it is full, more workers
# take little away, what the machine spends on going from one to another: neither the third line nor the last falls under three quarters of the best.
awk -F'|' '{ r[NR] = $4 + 0; full[NR] = $7 + 0; bad += $8 }
	END { best = r[2] > r[1] ? r[2] : r[1]; good = NR == 4 && bad == 0 && (r[2] > r[1] * 1.15 || full[1] >= 90) && r[3] > best * 0.75
		if (r[3] > best) best = r[3]
		exit !(good && r[4] > best * 0.75) }' "$tmp/curve"
ok $? "what is answered grows with the workers until the processors are full, and does not fall then" "$(cat "$tmp/curve"; tail -qn 2 "$dir"/nginx-*/nginx-erreurs.log)"
stop_all
for h in w1 w2; do
	sed -i "s/^THREADS=.*/THREADS=4/" "$dir/$h.conf"
	for i in 1 2; do instance $h $i; done
done
all_answer "w1 w2" 2
sleep 2.5
