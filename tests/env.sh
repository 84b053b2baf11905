#!/usr/bin/env bash
# One environment for the rings that speak HTTP: the real programs, a private nginx with the shipped snippets, a throw-away
# PostgreSQL with the real territories and content. Under the build folder, on its own port.
#   tests/env.sh up      starts it, or finds it running; prints BASE=http://127.0.0.1:PORT VAR=DIR
#   tests/env.sh base    the folder of the base that environments copy (tools/demo start --from), made when missing
#   tests/env.sh down    stops it and forgets its data (what was fetched from the network is kept)
# LANE=public|data|work|hostile|site|people: an environment of that lane's own, so that lanes run at the same time.
set -euo pipefail
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
build=${top_builddir:-$PWD}
var=$build/tests/env${LANE:+/$LANE}
# A source folder that may not be written (make distcheck): what is fetched goes beside the build.
[ -w "$top" ] || export CATALYSE_DATA=${CATALYSE_DATA:-$build/tests/data}
# The base that all begin from, in $socle: loaded once, then copied. Made again when what it is made of is not the same.
socle=$build/tests/env/socle
socle() {
	local made_of
	made_of=$(find "$top/sql" "$top/tools/demo" "$top/tools/cluster.sh" "$top/tools/territoires" "$build/catalyse" -type f -exec cksum {} + | LC_ALL=C sort | cksum)
	if [ "$(cat "$socle/made-of" 2>/dev/null)" != "$made_of" ]; then
		[ ! -d "$socle" ] || "$top/tools/demo" reset --var "$socle" --build "$build" >&2 9>&-
		"$top/tools/demo" base --var "$socle" --build "$build" --throwaway >&2 9>&-
		echo "$made_of" >"$socle/made-of"
	fi
}
mkdir -p "$build/tests/env"
exec 9>"$build/tests/env/lock" # one starts at a time: they fetch the same files and look for a port
case ${1:-} in
up)
	mkdir -p "$var"
	flock 9
	port=$(cat "$var/port" 2>/dev/null || true)
	if [ -z "$port" ]; then
		# Another suite may be choosing at this very moment: begin anywhere.
		for ((port = 18400 + RANDOM % 1000; port < 19500; port++)); do
			(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
		done
		echo "$port" >"$var/port"
	fi
	socle
	"$top/tools/demo" start --var "$var" --build "$build" --port "$port" --throwaway --from "$socle" >&2 9>&-
	echo "BASE=http://127.0.0.1:$port VAR=$var"
	;;
base)
	flock 9
	socle
	echo "$socle"
	;;
down)
	[ -d "$var" ] || exit 0
	"$top/tools/demo" reset --var "$var" --build "$build" >&2
	rm -f "$var/port"
	;;
*)
	sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac
