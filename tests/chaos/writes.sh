#!/usr/bin/env bash
# Nothing acknowledged is lost, nothing is done twice: four writers take sheets from their draft to their withdrawal, with a file, a message, a
# correction and a reader, some keys ten times at once, while instances of catalysed are killed (KILLS, 5) and PostgreSQL is stopped at once
# every fifth time. Then each step that was answered is looked for in the base.
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
base=$(top_srcdir=$top top_builddir=$build "$top/tests/env.sh" base 2>"$var/demo.log") || { tail -n 20 "$var/demo.log"; echo "Bail out! no base"; exit 1; }
demo() { "$top/tools/demo" start --var "$var" --build "$build" --port "$port" --from "$base" >"$var/demo.log" 2>&1; } # durable: a commit is a commit
demo || { tail -n 20 "$var/demo.log"; echo "Bail out! the environment did not start"; exit 1; }
sql() { "$top/tools/cluster.sh" psql "$var/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "set search_path to private, catalyse, public" -c "$1"; }
secret() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
person() { # NUMBER: somebody new
	sql "with c as (insert into contributor (name) values ('Essai des pannes $1') returning id) insert into account (id, email, state, confirmed_at)
		select id, 'pannes$1@essai.example', 'actif', now() from c"
}
tokens=()
for n in 1 2 3 4; do
	tokens+=("$(secret)")
	person $n && sql "insert into api_token (hash, account_id, name, scopes, expires_at) select encode(sha256('${tokens[n - 1]}'), 'hex'), id, 'pannes', '{lire,ecrire}', now() + interval '1 day'
		from account where email = 'pannes$n@essai.example'" || exit 1
done
session=$(secret)
person 5 && sql "insert into account_role (account_id, role, territory_id) select a.id, 'animateur', t.id from account a, territory t where a.email = 'pannes5@essai.example' and t.type = 'region' and t.code = '04';
	update account set totp = 'scelle' where email = 'pannes5@essai.example'; -- who decides has a second factor
	insert into session (hash, account_id, second_factor, expires_at) select encode(sha256('$session'), 'hex'), id, true, now() + interval '1 day' from account where email = 'pannes5@essai.example'" || exit 1
# nginx's limits exempt this machine; the writers are on it. Those of the application, on corrections, are forgotten at each kill.
node "$top/tests/chaos/writes.mjs" "http://127.0.0.1:$port" "$var/sent" "$session" "${tokens[@]}" >"$var/writers.out" 2>&1 &
writers=$!
sock=$(cat "$var/sockets")
restart() { # the instance's number: as tools/demo starts it
	CATALYSE_SOCKET=$sock/$1.sock setsid -f bash -c 'echo $$ >"$1"; exec "$2" -c "$3"' catalysed-start "$var/catalysed-$1.pid" "$build/catalysed" \
		"$var/catalyse.conf" >>"$var/log/catalysed-$1.log" 2>&1 </dev/null
}
# What the loss of the base must cause, in the instance that was not killed with it: the metric and the line of the journal.
metrics_texts() { curl -s -m 5 "http://127.0.0.1:$port/metrics/$other_one"; }
journal_files() { echo "$var/log/catalysed-$other_one.log"; }
. "$top/tests/chaos/told.sh"
told() { rose db_failures_total && said 'database reached again' attempts; }
other_one=1 silent= began=$(metrics_texts | sed -n 's/^process_start_time_seconds //p')
for ((k = 1; k <= kills; k++)); do
	sleep $((2 + RANDOM % 2)).$((RANDOM % 10)) # more than nginx's fail_timeout: one instance is always believed
	i=$((k % 2 + 1))
	if [ $((k % 2)) = 1 ]; then # keys that are sent ten times at once meet this one
		: >"$var/sent.tens"
		sleep 0.5
	fi
	date +%s%3N >>"$var/killed"
	kill -KILL "$(cat "$var/catalysed-$i.pid")" && rm -f "$sock/$i.sock"
	if [ $((k % 5)) = 0 ]; then
		other_one=$((3 - i))
		from_here
		"$top/tools/cluster.sh" kill "$var/postgresql"
		"$top/tools/cluster.sh" start "$var/postgresql" || { echo "not ok - PostgreSQL does not start again"; exit 1; }
	fi
	restart $i
	rm -f "$var/sent.tens"
	if [ $((k % 5)) = 0 ]; then
		for ((n = 0; n < 600; n++)); do told && break; sleep 0.1; done
		told || silent+=" $k"
	fi
	sql "delete from attempt where kind = 'suggestion'"
done
sleep 1
: >"$var/sent.stop"
for ((n = 0; n < 600; n++)); do # their rounds end
	kill -0 "$writers" 2>/dev/null || break
	[ $((n % 20)) != 0 ] || sql "delete from attempt where kind = 'suggestion'"
	sleep 0.1
done
wait "$writers"
status=$? writers=
fail=0
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; fi; }
[ $status = 0 ]; say $? "the writers were all answered in the end: $(tail -n 3 "$var/writers.out")"
other=$(awk '$3 !~ /^[23]/' "$var/sent" | head -n 3)
[ -z "$other" ]; say $? "nothing but 2xx and 3xx once it was taken ${other:+($other)}"
awk '{ print $1, $2, $4 }' "$var/sent" | sort -u >"$var/taken"
[ "$(cut -d' ' -f2 "$var/taken" | uniq -d | wc -l)" = 0 ]; say $? "one key, one sheet, however often it was sent"
[ "$(awk '{ print $2, $3, $4, $5 }' "$var/sent" | sort -u | cut -d' ' -f1 | uniq -d | wc -l)" = 0 ]; say $? "one key, one answer"
# Ten times, and across a kill: first sent before it, answered for the last time after it. All by the checks above and below like the others.
awk 'NR == FNR { kill[++k] = $1; next } { n[$2]++; if (!($2 in from)) from[$2] = $7 - $6; if ($7 > to[$2]) to[$2] = $7 }
	END { for (key in n) if (n[key] >= 10) { tens++; for (j = 1; j <= k; j++) if (from[key] < kill[j] && kill[j] < to[key]) { across++; break } } print tens + 0, across + 0 }' \
	"$var/killed" "$var/sent" >"$var/tens"
read -r tens across <"$var/tens"
[ "$tens" -ge 10 ] && [ "$across" -ge 1 ]; say $? "$tens keys were sent ten times at once, $across of them across a kill"
# What each step leaves in the base: its name, its key where it is written there, its sheet.
{
	echo "set search_path to private, catalyse, public; create temp table sent (step text, key text, id int); copy sent from stdin (delimiter ' ');"
	cat "$var/taken"
	echo '\.'
	cat <<-'END'
		create temp table mine as select sheet_id as id, content from work where created_by in (select id from account where email like 'pannes%@essai.example');
		create temp table found (step text, key text, id int);
		insert into found select 'creer', content->>'chapo', id from mine;
		insert into found select 'garder', substr(content->>'titre', 7), id from mine where content->>'titre' ~ '^Envoi .{36}$';
		insert into found select 'joindre', label, sheet_id from attachment where sheet_id in (select id from mine);
		insert into found select 'message', body, sheet_id from review_message where kind = 'message' and sheet_id in (select id from mine);
		insert into found select 'suggerer', note, sheet_id from suggestion where sheet_id in (select id from mine);
		insert into found select action, null, object_id from journal where object = 'fiche' and action in ('soumettre', 'prendre', 'publier', 'retirer')
			and object_id in (select id from mine);
		create temp table seen as select s.step, count(*) as sent, count(*) filter (where (select count(*) from found f where f.step = s.step and f.id = s.id
			and (f.key = s.key or f.key is null)) = 1) as once from sent s group by 1;
		select coalesce(string_agg(format('%s %s/%s', step, once, sent), ', ' order by sent desc, step), 'nothing'), coalesce(bool_and(once = sent), false) and count(*) = 9 from seen;
		select count(*) from found f where not exists (select from sent s where s.step = f.step and s.id = f.id and (f.key is null or s.key = f.key));
		select count(*) from (select from found group by step, id having count(*) > 1) d;
		select count(*) from catalyse.sheet x join mine using (id) where x.state <> case when exists (select from sent s where s.step = 'retirer' and s.id = x.id) then 'retiree' else 'publiee' end;
		select count(*) from (select number from sheet_version where sheet_id in (select id from mine) group by sheet_id, number having count(*) > 1) d;
		select count(*) from sheet_version where sheet_id in (select id from mine) and number <> 1;
	END
} >"$var/look.sql"
mapfile -t found < <("$top/tools/cluster.sh" psql "$var/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -f "$var/look.sql")
[ "${found[0]##*|}" = t ]; say $? "each step acknowledged is in the base, once, after $kills kills: ${found[0]%|*}"
[ "${found[1]:-}" = 0 ] && [ "${found[2]:-}" = 0 ]; say $? "and nothing that was not, nor twice (${found[1]:-?}, ${found[2]:-?})"
[ "${found[3]:-}" = 0 ]; say $? "each sheet is in the state its last step told (${found[3]:-?} are not)"
[ "${found[4]:-}" = 0 ] && [ "${found[5]:-}" = 0 ]; say $? "published once, as its first version (${found[4]:-?}, ${found[5]:-?})"
[ "$(cut -d' ' -f1 "$var/sent" | sort -u | wc -l)" = 9 ] && [ "$(wc -l <"$var/taken")" -ge 50 ]; say $? "enough was sent to tell ($(wc -l <"$var/sent") answers to $(wc -l <"$var/taken") steps)"
[ -z "$silent" ]; say $? "each time that PostgreSQL went, the instance that was left counted it, and said when it was back ${silent:+(not at$silent)}"
[ "$(cat "$var"/log/catalysed-[12].log | grep -c '"msg":"serving"')" = $((kills + 2)) ] && other_one=1 && [ "$(metrics_texts | sed -n 's/^process_start_time_seconds //p')" -gt "${began:-0}" ]
say $? "each instance that was killed said that it serves again, and measures itself from then on"
exit $fail
