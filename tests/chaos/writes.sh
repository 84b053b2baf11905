#!/usr/bin/env bash
# Nothing acknowledged is lost, nothing is done twice: four writers send sheets, some keys ten times at once, while instances of catalysed are
# killed (KILLS, 5) and PostgreSQL is stopped at once every fifth time. Then each 2xx is looked for in the base.
set -uo pipefail
top=${top_srcdir:?run me by make check} build=${top_builddir:?}
kills=${KILLS:-5} var=$build/tests/chaos/writes.var
command -v node >/dev/null || { echo "not ok - node is missing"; exit 1; }
[ -w "$top" ] || export CATALYSE_DATA=${CATALYSE_DATA:-$build/tests/data}
for ((port = 19600 + RANDOM % 300; port < 20000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
rm -rf "$var"
mkdir -p "$var"
writers=
end() {
	[ -z "$writers" ] || { : >"$var/sent.stop"; wait "$writers"; }
	"$top/tools/demo" reset --var "$var" --build "$build" >/dev/null 2>&1
	rm -rf "$var"
}
trap end EXIT
demo() { "$top/tools/demo" start --var "$var" --build "$build" --port "$port" >"$var/demo.log" 2>&1; } # durable: a commit is a commit
demo || { tail -n 20 "$var/demo.log"; echo "Bail out! the environment did not start"; exit 1; }
sql() { "$top/tools/cluster.sh" psql "$var/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "set search_path to private, catalyse, public" -c "$1"; }
token=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
sql "with c as (insert into contributor (name) values ('Essai des pannes') returning id), a as (insert into account (id, email, state, confirmed_at)
	select id, 'pannes@essai.example', 'actif', now() from c returning id) insert into api_token (hash, account_id, name, scopes, expires_at)
	select encode(sha256('$token'), 'hex'), id, 'pannes', '{lire,ecrire}', now() + interval '1 day' from a" || exit 1
# nginx's limits exempt this machine; the writers are on it.
node "$top/tests/chaos/writes.mjs" "http://127.0.0.1:$port" "$token" "$var/sent" >"$var/writers.out" 2>&1 &
writers=$!
sock=$(cat "$var/sockets")
restart() { # the instance's number: as tools/demo starts it
	CATALYSE_SOCKET=$sock/$1.sock setsid -f bash -c 'echo $$ >"$1"; exec "$2" -c "$3"' catalysed-start "$var/catalysed-$1.pid" "$build/catalysed" \
		"$var/catalyse.conf" >>"$var/log/catalysed-$1.log" 2>&1 </dev/null
}
for ((k = 1; k <= kills; k++)); do
	sleep $((2 + RANDOM % 2)).$((RANDOM % 10)) # more than nginx's fail_timeout: one instance is always believed
	i=$((k % 2 + 1))
	kill -KILL "$(cat "$var/catalysed-$i.pid")" && rm -f "$sock/$i.sock"
	if [ $((k % 5)) = 0 ]; then
		"$top/tools/cluster.sh" kill "$var/postgresql"
		"$top/tools/cluster.sh" start "$var/postgresql" || { echo "not ok - PostgreSQL does not start again"; exit 1; }
	fi
	restart $i
done
sleep 1
: >"$var/sent.stop"
wait "$writers"
status=$? writers=
fail=0
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; fi; }
[ $status = 0 ]; say $? "the writers were all answered in the end: $(tail -n 1 "$var/writers.out")"
taken=$(awk '$2 ~ /^2/ { print $1, $3 }' "$var/sent" | sort -u)
other=$(awk '$2 !~ /^2/' "$var/sent" | head -n 3)
[ -z "$other" ]; say $? "nothing but 2xx once it was taken ${other:+($other)}"
[ "$(cut -d' ' -f1 <<<"$taken" | sort | uniq -d | wc -l)" = 0 ]; say $? "one key, one sheet, however often it was sent"
[ "$(awk '{ print $1, $4 }' "$var/sent" | sort -u | cut -d' ' -f1 | uniq -d | wc -l)" = 0 ]; say $? "one key, one answer"
n=$(wc -l <<<"$taken")
{
	echo "set search_path to private, catalyse, public; create temp table sent (key text, id int); copy sent from stdin (delimiter ' ');"
	echo "$taken"
	echo '\.'
	echo "set work_mem = '256MB'; analyze sent;"
	echo "select count(*) from sent s where (select count(*) from work w where w.sheet_id = s.id and w.content->>'chapo' = s.key) = 1;"
	echo "select count(*) from work w where w.content->>'titre' like 'Envoi %' and not exists (select from sent s where s.key = w.content->>'chapo');"
	echo "select count(*) from (select w.content->>'chapo' from work w where w.content->>'titre' like 'Envoi %' group by 1 having count(*) > 1) d;"
} >"$var/look.sql"
mapfile -t found < <("$top/tools/cluster.sh" psql "$var/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -f "$var/look.sql")
[ "${found[0]:-}" = "$n" ]; say $? "each of the $n acknowledged is in the base, as it was sent (${found[0]:-nothing} found), after $kills kills"
[ "${found[1]:-}" = 0 ] && [ "${found[2]:-}" = 0 ]; say $? "and nothing that was not, nor twice (${found[1]:-?}, ${found[2]:-?})"
[ "$n" -ge 50 ]; say $? "enough was sent to tell"
exit $fail
