#!/usr/bin/env bash
# The plans of the lists at one size, as text: one question of each sort; of the statements inside the functions, those that take a millisecond.
#   tests/bench/plans.sh CLUSTER_DIR DBNAME FOLDER: one file a question, and nothing else, in FOLDER
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
[ $# = 3 ] || { sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$3"
rm -f "$3"/*.txt
list=sheet_list
[ "$("$top/tools/cluster.sh" psql "$1" -X -q -A -t -d "$2" -c "select wide from catalyse.sheet_wide_state")" = f ] || list=sheet_list_wide
ask() { # TITLE ARGUMENTS
	printf '\\echo\n\\echo == %s\nexecute %s(%s);\n' "$1" "$list" "$2"
}
{
	cat <<'SQL'
load 'auto_explain';
set role catalyse_ro;
set search_path = catalyse, public;
set plan_cache_mode = force_generic_plan;
set jit = off;
SQL
	for q in $list catalyst_near; do awk -f "$top/tests/sql/prepare.awk" "$top/sql/queries/$q.sql"; done
	cat <<SQL
execute $list(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null) \\g /dev/null
execute $list('association', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null) \\g /dev/null
reset role;
set auto_explain.log_min_duration = '1ms';
set auto_explain.log_analyze = on;
set auto_explain.log_buffers = on;
set auto_explain.log_timing = off;
set auto_explain.log_nested_statements = on;
set client_min_messages = log;
set role catalyse_ro;
SQL
	none='null, null, null, null, null, null'
	ask 'no filter' "null, null, $none, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null"
	ask 'one region' "null, null, $none, null, null, '{region:84}', null, null, null, null, null, null, 'pertinence', 20, 0, null, null"
	ask 'a department, a kind and a theme' "null, '{exemple}', '{transition-energie-mobilite}', null, null, null, null, null, null, null, '{departement:69}', null, null, null, null, null, null, 'pertinence', 20, 0, null, null"
	ask 'a commune' "null, null, $none, null, null, '{commune:97410}', null, null, null, null, null, null, 'pertinence', 20, 0, null, null"
	ask 'a common word' "'association', null, $none, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null"
	ask 'two words and a region' "'association mairie', null, $none, null, null, '{region:84}', null, null, null, null, null, null, 'pertinence', 20, 0, null, null"
	ask 'a rare word' "'minuteur', null, $none, null, null, null, null, null, null, null, null, null, 'pertinence', 20, 0, null, null"
	printf '\\echo\n\\echo == the nearest catalysts of a commune\nexecute catalyst_near(5000, null, 20);\n'
} | "$top/tools/cluster.sh" psql "$1" -X -q -d "$2" -A -t -o /dev/null 2>&1 | awk -v folder="$3" '
	/^== / { if (file) close(file); file = sprintf("%s/%d-%s.txt", folder, ++n, substr($0, 4)); gsub(/[ ,]+/, "-", file); print >file; next }
	!file { next }
	/^LOG:  duration/ { print "--" >file; next }
	/^Query Text: / { print substr($0, 1, 140) >file; text = 1; next }
	text && !/ \(cost=/ { next }
	{ text = 0; print >file }'
