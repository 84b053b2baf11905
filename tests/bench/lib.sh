# Sourced by run.sh and the profiles (midi.sh, crawl.sh, contributors.sh): a site to measure, and the processor time of each family of processes.
# Wants $top, $build, $me (the name that messages begin with); sets $var and $site. BENCH_VAR and BENCH_SITE: a site that answers already and whose
# owner ends it; else one of our own is started, on a throw-away base, and ends with us.
say() { printf '%s\n' "$*" >&2; }
fail() { say "$me: $*"; exit 1; }
options() { # of a profile, --build DIR, --seconds N, --doc FILE|none: set $build, $seconds, $doc; anything else prints the head of the script
	while [ $# -gt 0 ]; do
		case $1 in
		--build) build=$2; shift ;;
		--seconds) seconds=$2; shift ;;
		--doc) doc=$2; shift ;;
		*) awk 'NR > 1 { if (!sub(/^# ?/, "")) exit; print }' "$0" >&2; exit 2 ;;
		esac
		shift
	done
	build=$(cd "$build" && pwd)
}
free_port() { local p; for ((p = $1; p < $1 + 100; p++)); do (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null || { echo "$p"; return; }; done; }
psql_() { "$top/tools/cluster.sh" psql "$var/postgresql" -X -q -t -A -v ON_ERROR_STOP=1 -d catalyse "$@"; }
fresh() { # ends what an earlier run left in $var: a measure begins with a base of its own
	local p
	for p in nginx:nginx php:php-fpm8.2 stock:stock_fcgi; do
		[ ! -s "$var/bench/${p%%:*}.pid" ] || [ "$(cat "/proc/$(cat "$var/bench/${p%%:*}.pid")/comm" 2>/dev/null)" != "${p##*:}" ] || kill -TERM "$(cat "$var/bench/${p%%:*}.pid")"
	done
	[ ! -d "$var" ] || "$top/tools/demo" reset --var "$var" --build "$build" >/dev/null 2>&1 || fail "what is left in $var does not end"
}
site_() { # NAME PORT
	local port
	[ -x "$build/catalysed" ] && [ -x "$build/catalyse" ] || fail "not built: run make first"
	if [ -n "${BENCH_VAR:-}" ]; then var=$BENCH_VAR site=$BENCH_SITE; return; fi
	var=$build/tests/bench/$1
	trap '"$top/tools/demo" reset --var "$var" --build "$build" >/dev/null 2>&1 || true' EXIT
	fresh
	port=$(free_port "$2")
	"$top/tools/demo" start --var "$var" --build "$build" --port "$port" --throwaway
	psql_ -c "vacuum analyze"
	site=http://127.0.0.1:$port
}
family() { # NAME: its processes
	local f p
	case $1 in
	postgresql) f=$var/postgresql/data/postmaster.pid ;;
	catalysed) cat "$var"/catalysed-[12].pid; return ;;
	nginx) f="$var/nginx/nginx.pid $var/bench/nginx.pid" ;;
	other) f="$var/bench/php.pid $var/bench/stock.pid" ;; # what is compared with us
	esac
	for p in $f; do
		[ -s "$p" ] || continue
		p=$(head -n 1 "$p")
		echo "$p"
		pgrep -P "$p" || true
	done
}
# Microseconds of processor so far, of PostgreSQL, catalysed, nginx and what is compared: theirs, and those of the children they have seen end.
spent() {
	local name p
	for name in postgresql catalysed nginx other; do
		for p in $(family $name); do cat "/proc/$p/stat" 2>/dev/null || true; done |
			awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); t += $12 + $13 + $14 + $15 } END { printf "%.0f ", t * 1e6 / hz }'
	done
}
# Runs a load; what it cost goes to $split: five columns in microseconds, the load generator last.
costing() { # OUT COMMAND...
	local out=$1 before used TIMEFORMAT='%U %S'
	shift
	before=$(spent)
	used=$({ time "$@" >"$out" 2>&1; } 2>&1) || { cat "$out" >&2; fail "$1"; }
	split=$(awk -v a="$before" -v b="$(spent)" -v c="$used" 'BEGIN {
		n = split(a, x, " "); split(b, y, " "); split(c, z, " ")
		for (i = 1; i <= n; i++) printf "%.0f ", y[i] - x[i]
		printf "%.0f", (z[1] + z[2]) * 1e6 }')
}
each() { # SPLIT COUNT: the same, by unit
	awk -v s="$1" -v n="$2" 'BEGIN { m = split(s, x, " "); for (i = 1; i <= m; i++) printf "%s%.1f", (i > 1 ? " " : ""), (n > 0 ? x[i] / n : 0) }'
}
# One figure of the run, for the plan: $figures is a file of "name<TAB>value".
figure() { [ -z "${figures:-}" ] || printf '%s\t%s\n' "$1" "$2" >>"$figures"; }
figure_split() { # NAME SPLIT
	local i=0 name
	for name in postgresql catalysed nginx other client; do i=$((i + 1)); figure "$1.$name" "$(echo "$2" | cut -d' ' -f$i)"; done
}
