#!/usr/bin/env bash
# The real catalysed, two instances on sockets that a parent holds as systemd does, behind nginx as it is shipped, under load with kept
# connections. First restarted in turn (RESTARTS, 50), GET and POST, each time that a share of REQUESTS (1000000) was answered: none fails. Then one of the two is
# killed, again and again (KILLS, 50): no GET fails. TAP. Run by make check-chaos.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?}
restarts=${RESTARTS:-50} wanted=${REQUESTS:-1000000} kills=${KILLS:-50} clients=${CLIENTS:-32}
command -v wrk >/dev/null || { echo "skipped: needs wrk"; exit 77; }
var=$build/tests/chaos/rolling.var
for ((port = 19600 + RANDOM % 300; port < 20000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
rm -rf "$var"
mkdir -p "$var"
declare -A held=([1]= [2]=)
end() {
	for i in 1 2; do [ -z "${held[$i]}" ] || { kill -TERM "${held[$i]}" 2>/dev/null; wait "${held[$i]}" 2>/dev/null; }; done
	"$top/tools/demo" reset --var "$var" --build "$build" >/dev/null 2>&1
	rm -rf "$var"
}
trap end EXIT
trap 'exit 1' INT TERM
"$top/tools/demo" start --var "$var" --build "$build" --port "$port" --throwaway >"$var/demo.log" 2>&1 || { tail -n 20 "$var/demo.log"; echo "Bail out! the environment did not start"; exit 1; }
sock=$(cat "$var/sockets") site=http://127.0.0.1:$port fail=0
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; fi; }
sql() { "$top/tools/cluster.sh" psql "$var/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "set search_path to private, catalyse, public" -c "$1"; }
token=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
sql "with c as (insert into contributor (name) values ('Essai des relances') returning id), a as (insert into account (id, email, state, confirmed_at)
	select id, 'relances@essai.example', 'actif', now() from c returning id) insert into api_token (hash, account_id, name, scopes, expires_at)
	select encode(sha256('$token'), 'hex'), id, 'relances', '{lire,ecrire}', now() + interval '1 day' from a" || exit 1
# The demo's instances give way to those of a holder; nginx is told nothing.
for i in 1 2; do
	pid=$(cat "$var/catalysed-$i.pid")
	kill -TERM "$pid"
	while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
	rm -f "$var/catalysed-$i.pid" "$sock/$i.sock"
	"$build/tests/chaos/hold_socket" "$sock/$i.sock" "$build/catalysed" -c "$var/catalyse.conf" 2>"$var/instance-$i.log" &
	held[$i]=$!
done
ready() { curl -fsS -m 5 -o /dev/null "$site/ready" 2>/dev/null; }
for ((n = 0; n < 300; n++)); do ready && break; sleep 0.2; done
child() { tr -d ' ' <"/proc/${held[$1]}/task/${held[$1]}/children"; }
serving() { grep -c '"msg":"serving"' "$var/instance-$1.log"; }
until_serving() { # INSTANCE TIMES: it said so that many times
	local n
	for ((n = 0; n < 600; n++)); do [ "$(serving "$1")" -ge "$2" ] && return; sleep 0.1; done
	return 1
}
started() { curl -fsS -m 10 "$site/metrics/$1" | sed -n 's/^process_start_time_seconds //p'; }
requests=0 bad=0 broken=0 round=0
load() { # SECONDS TOKEN: in the background
	round=$((round + 1))
	wrk -t1 -c"$clients" -d"$1s" --timeout 10s -s "$top/tests/chaos/rolling.lua" "$site" -- "$2" "r$round" >"$var/wrk" 2>&1 &
	wrk=$!
}
add() { # what it counted
	wait "$wrk"
	local a b c
	read -r _ a b c _ < <(grep '^counts ' "$var/wrk") || { cat "$var/wrk"; bad=$((bad + 1)); return; }
	requests=$((requests + a)) bad=$((bad + b)) broken=$((broken + c))
	[ $((b + c)) = 0 ] || { echo "# $a requests, $b wrong answers, $c broken"; grep -v '"status":\(200\|201\|304\|499\)' "$var/nginx/nginx-acces.log" | tail -n 5 | cut -c1-400 | sed 's/^/#   /'; }
}

# How many were answered since the round began: the lines that nginx's journal has more.
journal=$var/nginx/nginx-acces.log counted=0 at=0
follow() {
	local size
	size=$(stat -c %s "$journal")
	counted=$((counted + $(tail -c +$((at + 1)) "$journal" | head -c $((size - at)) | wc -l))) at=$size
}
begun=$SECONDS done_=0 most=0 last_at=0
declare -A times=([1]=1 [2]=1)
before=$(started 1)
while [ $done_ -lt "$restarts" ] || [ $requests -lt "$wanted" ]; do
	[ $((SECONDS - begun)) -lt 3600 ] || break
	load 20 "$token"
	follow
	counted=0
	sleep 0.5
	while kill -0 "$wrk" 2>/dev/null; do
		# The k-th in the middle of the k-th share of what is wanted.
		follow
		if [ $done_ -ge "$restarts" ] || [ $(((requests + counted) * 2 * restarts)) -lt $(((2 * done_ + 1) * wanted)) ]; then sleep 0.2; continue; fi
		i=$((done_ % 2 + 1))
		times[$i]=$((times[$i] + 1))
		kill -HUP "${held[$i]}"
		until_serving $i ${times[$i]} || { say 1 "instance $i does not come back"; break 2; }
		done_=$((done_ + 1))
		follow
		[ $((requests + counted - last_at)) -le $most ] || most=$((requests + counted - last_at))
		last_at=$((requests + counted))
		sleep 0.3
	done
	add
done
read -r busy _ </proc/loadavg
say $((bad + broken > 0)) "$done_ restarts in turn, $requests requests with kept connections: $bad wrong answers, $broken broken or late ($((SECONDS - begun)) s, load $busy)"
[ $requests -ge "$wanted" ] && [ $done_ -ge "$restarts" ]; say $? "as many as were wanted: $wanted requests, $restarts restarts"
# Spread over the whole: none waited for more than three shares, the last one came in the last tenth of what was wanted, or later.
[ $most -le $((3 * wanted / restarts)) ] && [ $last_at -ge $((wanted * 9 / 10)) ]
say $? "one restart each $((wanted / restarts)) requests, all along: $most between two at most, the last one after $last_at"
# A page of nginx's own has no time of an application.
worked=$(grep -c '"up":"[0-9]' "$journal")
[ $((worked * 5)) -ge "$requests" ]; say $? "$worked of these requests reached the application"
# nginx's journal says what was answered; what wrk cut at its end is a 499.
posts=$(grep '"m":"POST"' "$journal" | grep -c '"status":20[01]')
odd=$(grep -v '"status":\(200\|201\|304\|499\)' "$journal" | grep '"path":"/\(fiches\|catalyseurs\|recherche\)' | head -n 2)
sheets=$(sql "select count(*) from work where content->>'titre' like 'Envoi roule-%'")
cut=$(grep '"m":"POST"' "$journal" | grep -c '"status":499')
[ "$posts" -ge $((requests / 40)) ] && [ "$sheets" -ge "$posts" ] && [ "$sheets" -le $((posts + cut)) ] && [ -z "$odd" ]
say $? "$posts sheets were acknowledged, $sheets are in the base ($cut cut by the client) $odd"
[ "$(cat "$var"/instance-*.log | grep -c '"msg":"draining"')" = "$done_" ] && [ "$(cat "$var"/instance-*.log | grep '"msg":"stopped"' | grep -c '"stuck":0')" = "$done_" ]
say $? "each said that it drained, and stopped with nothing stuck"
after=$(started 1)
[ -n "$before" ] && [ -n "$after" ] && [ "$after" -gt "$before" ]; say $? "process_start_time_seconds tells that it began again ($before, $after)"

requests=0 bad=0 broken=0 done_=0 begun=$SECONDS
while [ $done_ -lt "$kills" ]; do
	[ $((SECONDS - begun)) -lt 1800 ] || break
	load 20 ""
	sleep 0.5
	while kill -0 "$wrk" 2>/dev/null && [ $done_ -lt "$kills" ]; do
		# Five times the one, then the other: more than nginx's fail_timeout apart, one is always believed.
		i=$((done_ / 5 % 2 + 1))
		[ $((done_ % 5)) != 0 ] || sleep 2.5
		times[$i]=$((times[$i] + 1))
		kill -KILL "$(child $i)"
		until_serving $i ${times[$i]} || { say 1 "instance $i does not come back"; break 2; }
		done_=$((done_ + 1))
		sleep 0.$((RANDOM % 9))
	done
	add
done
read -r busy _ </proc/loadavg
say $((bad + broken > 0)) "$done_ kill -9 of one of two, $requests GET: $bad wrong answers, $broken broken or late ($((SECONDS - begun)) s, load $busy)"
[ "$(cat "$var"/instance-*.log | grep -c '^ended by itself, status 9$')" = "$done_" ] && [ $done_ -ge "$kills" ]
say $? "each was noticed by who watches, and started again"
last=$(started 1)
[ -n "$last" ] && [ "$last" -gt "$after" ]; say $? "process_start_time_seconds tells it too ($after, $last)"
exit $fail
