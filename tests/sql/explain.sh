#!/bin/sh
# Says whether the generic plan of one of the product's statements has a line that matches.
#   explain.sh QUERY 'ARGS' 'REGEXP' [ABSENT_REGEXP]
# Environment: PGHOST PGPORT PGDATABASE as printed by tools/cluster.sh env. Prints the plan when it does not match.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
query=$1 args=$2 wanted=$3 absent=${4:-}
plan=$({
	echo "set enable_seqscan to ${ENABLE_SEQSCAN:-on};"
	awk -f "$here/prepare.awk" "$top/sql/queries/$query.sql"
	echo "explain (costs off) execute $query${args:+($args)};"
} | PGUSER=catalyse_ro psql -XqAt -v ON_ERROR_STOP=1)
if ! printf '%s\n' "$plan" | grep -Eq -e "$wanted" ||
	{ [ -n "$absent" ] && printf '%s\n' "$plan" | grep -Eq -e "$absent"; }; then
	printf '%s\n' "$plan" | sed 's/^/# /'
	exit 1
fi
