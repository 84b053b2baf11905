#!/usr/bin/env bash
# What is written is seen everywhere within a second, within a minute where nothing is heard, and nginx answers without PostgreSQL: tests/chaos/fresh.mjs,
# whole, in an environment of its own; then the validators of every page in every format, and what fresh.def says of them.
# The short forms are tests/http/89-fresh.sh.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?}
var=$build/tests/chaos/fresh.var
command -v node >/dev/null || { echo "not ok - node is missing"; exit 1; }
[ -w "$top" ] || export CATALYSE_DATA=${CATALYSE_DATA:-$build/tests/data}
for ((port = 19300 + RANDOM % 300; port < 19600; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
rm -rf "$var"
mkdir -p "$var"
end() {
	"$top/tools/demo" reset --var "$var" --build "$build" >/dev/null 2>&1
	rm -rf "$var"
}
trap end EXIT
"$top/tools/demo" start --var "$var" --build "$build" --port "$port" --throwaway >"$var/demo.log" 2>&1 ||
	{ tail -n 20 "$var/demo.log"; echo "Bail out! the environment did not start"; exit 1; }
export BASE=http://127.0.0.1:$port VAR=$var
worst=0
for part in fresh fresh_pages fresh_depends; do
	echo "# $part"
	node "$top/tests/chaos/$part.mjs" || worst=1
done
exit $worst
