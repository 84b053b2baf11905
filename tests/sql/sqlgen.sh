#!/bin/sh
# tools/sqlgen.awk refuses what is wrong, and says where.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
refuse() { # NAME EXPECTED; the statement on stdin
	cat >"$work/probe.sql"
	if awk -f "$top/tools/sqlgen.awk" -v out=c "$work/probe.sql" >/dev/null 2>"$work/err"; then
		echo "not ok - $1: accepted"; bad=1
	elif grep -q "probe.sql:[0-9]*: .*$2" "$work/err"; then
		echo "ok - $1"
	else
		echo "not ok - $1: $(cat "$work/err")"; bad=1
	fi
}
head='-- name: probe
-- purpose: test
-- rows: one'
printf '%s\n' "$head" '-- column: a int' 'select $1 as a' | refuse "a parameter not declared" 'no "-- param:"'
printf '%s\n' "$head" '-- param: x int' '-- column: a int' 'select 1 as a' | refuse "a parameter not used" 'not used'
printf '%s\n' "$head" '-- column: a integer32' 'select 1 as a' | refuse "an unknown type" 'unknown type'
printf '%s\n' "$head" '-- colunm: a int' 'select 1 as a' | refuse "an unknown header" 'unknown header'
printf '%s\n' "$head" 'select 1 as a' | refuse "no column" 'needs "-- column:"'
printf '%s\n' "$head" '-- column: a int' '-- column: a int' 'select 1 as a' | refuse "a column twice" 'twice'
printf '%s\n' "$head" '-- column: a int' 'select 1 as a;' 'select 2' | refuse "two statements" 'more than one'
printf '%s\n' '-- name: other' 'select 1' | refuse "a name that is not the file's" 'the file is'
printf '%s\n' '-- name: probe' '-- purpose: x' '-- rows: several' 'select 1' | refuse "an unknown number of rows" 'rows:'
printf '%s\n' '-- name: probe' '-- rows: none' 'select 1' | refuse "no purpose" 'purpose'
printf '%s\n' "$head" '-- column: a text' "select '\"a\\b' as a; " >"$work/probe.sql"
awk -f "$top/tools/sqlgen.awk" -v out=c "$work/probe.sql" >"$work/probe.c"
awk -f "$top/tools/sqlgen.awk" -v out=h "$work/probe.sql" >"$work/queries.h"
if ${CC:-cc} -I "$top/src" -c -o "$work/probe.o" "$work/probe.c" && grep -q 'COL_PROBE_A' "$work/queries.h"; then
	echo "ok - what it writes compiles"
else
	echo "not ok - what it writes compiles"; bad=1
fi
exit $bad
