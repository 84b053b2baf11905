#!/bin/sh
# The schema on a throw-away server: deploy from zero, verify, revert, deploy again; rules and triggers (pgTAP); golden
# results and plans of the product's statements on a small fixture. TAP. With --update, golden results are rewritten.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
n=0 bad=0
ok() { # STATUS NAME [FILE shown when it failed]
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; return; fi
	bad=1
	echo "not ok $n - $2"
	[ -z "${3:-}" ] || sed 's/^/# /' "$3" | head -n 60
}
work=$(mktemp -d /tmp/catalyse-sql.XXXXXX)
trap '"$top/tools/cluster.sh" destroy "$work/pg" >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
chmod 755 "$work"
"$top/tools/cluster.sh" create "$work/pg" || { echo "Bail out! no server"; exit 1; }
eval "$("$top/tools/cluster.sh" env "$work/pg" catalyse)"
uri=$("$top/tools/cluster.sh" uri "$work/pg" catalyse)
createdb catalyse
out=$work/out

step() { # NAME COMMAND...
	name=$1
	shift
	if (cd "$top/sql" && "$@") >"$out" 2>&1; then ok 0 "$name"; else ok 1 "$name" "$out"; fi
}
dump() { pg_dump -s -n catalyse -n private | grep -Ev '^(--|SET|SELECT pg_catalog|\\(un)?restrict)' >"$1"; }
step "deploy from zero" sqitch deploy "$uri"
step "verify" sqitch verify "$uri"
dump "$work/first"
step "revert everything" sqitch revert -y "$uri"
psql -XqAt -c "select 'schema left' from pg_namespace where nspname in ('catalyse', 'private') union all
	select 'role left: ' || rolname from pg_roles where rolname like 'catalyse%' union all
	select 'extension left: ' || extname from pg_extension where extname in ('postgis', 'pg_trgm', 'unaccent')" >"$out" 2>&1
if [ -s "$out" ]; then ok 1 "nothing is left" "$out"; else ok 0 "nothing is left"; fi
step "deploy again" sqitch deploy "$uri"
dump "$work/second"
if diff "$work/first" "$work/second" >"$out"; then ok 0 "the same schema"; else ok 1 "the same schema" "$out"; fi
for change in $(sed -n 's/^\([a-z_]*\) .*#.*/\1/p' "$top/sql/sqitch.plan"); do
	for kind in deploy revert verify; do
		[ -s "$top/sql/$kind/$change.sql" ] || ok 1 "$kind/$change.sql is there"
	done
done
step "the writer reaches its tables, the reader only reads" psql -XqAt -v ON_ERROR_STOP=1 -c "
	select 1 / (not exists (select from pg_class c where relnamespace = 'catalyse'::regnamespace and relkind in ('r', 'v')
		and (not has_table_privilege('catalyse_ro', c.oid, 'select') or has_table_privilege('catalyse_ro', c.oid, 'insert, update, delete'))))::int"
step "nobody but the writer reaches what is private" psql -XqAt -v ON_ERROR_STOP=1 -c "
	select 1 / (not has_schema_privilege('catalyse_ro', 'private', 'usage') and not exists (select from pg_class c where relnamespace = 'private'::regnamespace
		and (has_table_privilege('catalyse_ro', c.oid, 'select') or has_table_privilege('public', c.oid, 'select'))))::int"
step "every foreign key has an index" psql -XqAt -v ON_ERROR_STOP=1 -c "
	do \$\$ declare k text; begin
		select conrelid::regclass || '.' || conname into k from pg_constraint c
		where contype = 'f' and connamespace in ('catalyse'::regnamespace, 'private'::regnamespace) and not exists (
			select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]) limit 1;
		if found then raise exception 'no index for %', k; end if;
	end \$\$"
awk -f "$here/prepare.awk" "$top"/sql/queries/*.sql >"$work/all.sql"
PGUSER=catalyse_rw step "every statement fits the schema" psql -XqAt -v ON_ERROR_STOP=1 -f "$work/all.sql"
step "fixture" psql -Xq -v ON_ERROR_STOP=1 -f "$here/fixture.sql"
psql -Xq -c 'create extension if not exists pgtap' >/dev/null

for file in "$here"/pgtap/*.sql; do
	name=$(basename "$file" .sql)
	# The product's statements as functions: pg_temp.sheet_list(q => 'jardin').
	used=$(sed -n 's/.*pg_temp\.\([a-z0-9_]*\)(.*/\1/p' "$file" | sort -u)
	{
		[ -z "$used" ] || echo 'set search_path to catalyse, public;'
		for query in $used; do [ ! -f "$top/sql/queries/$query.sql" ] || awk -f "$top/tests/relevance/function.awk" "$top/sql/queries/$query.sql"; done
		cat "$file"
	} >"$work/pgtap.sql"
	psql -XqAt -v ON_ERROR_STOP=1 -f "$work/pgtap.sql" >"$out" 2>&1 || echo "not ok psql" >>"$out"
	wanted=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$out")
	if grep -Eq '^not ok|^# Looks like' "$out" || [ "$(grep -c '^ok ' "$out")" != "${wanted:-none}" ]; then
		grep -Ev '^ok ' "$out" >"$work/short"
		ok 1 "$name" "$work/short"
	else
		ok 0 "$name: $wanted rules"
	fi
done

for file in "$here"/golden/*.sql; do
	name=$(basename "$file" .sql)
	used=$(sed -n 's/.*execute  *\([a-z0-9_]*\).*/\1/p' "$file" | sort -u | sed "s,.*,$top/sql/queries/&.sql,")
	{
		[ -z "$used" ] || awk -f "$here/prepare.awk" $used
		cat "$file"
	} >"$work/golden.sql"
	PGUSER=catalyse_ro psql -XqAt -v ON_ERROR_STOP=1 -f "$work/golden.sql" >"$out" 2>&1 || echo "psql: status $?" >>"$out"
	[ "${1:-}" != --update ] || cp "$out" "${file%.sql}.out"
	if diff -u "${file%.sql}.out" "$out" >"$work/diff" 2>&1; then ok 0 "golden: $name"; else ok 1 "golden: $name" "$work/diff"; fi
done

# Plans: one line each of tests/sql/explain.list: QUERY ; ARGS ; REGEXP that a line of the plan matches.
# The fixture is small: sequential scans are discouraged, so that what is tested is that the index can serve.
if [ -s "$here/explain.list" ]; then
	while IFS=';' read -r query args wanted; do
		case $query in '' | \#*) continue ;; esac
		query=$(echo $query) args=$(echo "$args" | sed 's/^ *//; s/ *$//') wanted=$(echo "$wanted" | sed 's/^ *//; s/ *$//')
		if ENABLE_SEQSCAN=off "$here/explain.sh" "$query" "$args" "$wanted" >"$out" 2>&1; then s=0; else s=1; fi
		ok $s "plan: $query uses $wanted" "$out"
	done <"$here/explain.list"
fi
step "of two changes of one sheet at once, none is lost" sh -c "
	psql -Xq -v ON_ERROR_STOP=1 -c begin -c 'insert into catalyse.sheet_term values (2, 1)' -c 'select pg_sleep(1)' -c commit &
	sleep 0.5
	psql -Xq -v ON_ERROR_STOP=1 -c 'insert into catalyse.sheet_term values (2, 4)' && wait &&
	psql -XqAt -v ON_ERROR_STOP=1 -c 'select 1 / (terms = array[1, 2, 3, 4])::int from catalyse.sheet_index where sheet_id = 2'"
step "revert with data" sqitch revert -y "$uri"
echo "1..$n"
exit $bad
