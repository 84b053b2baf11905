#!/usr/bin/env bash
# What `make check` does with 12 hostile texts, with all of them: each of the 520 in every text field of every form (tests/hostile/forms.mjs).
# TIMES: how many; FORM=/alertes: the forms of those addresses alone.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?}
[ -d "$top/tests/browser/node_modules/playwright-core" ] || { echo "1..0 # SKIP the npm packages are missing (./bootstrap fetches them)"; exit 77; }
tmp=$(mktemp -d)
export LANE=hostile-whole TIMES=${TIMES:-520}
trap '"$top/tests/env.sh" down >/dev/null 2>&1; rm -rf "$tmp"' EXIT
env=$("$top/tests/env.sh" up 2>"$tmp/up") && eval "$env" || { tail -n 20 "$tmp/up"; echo "Bail out! the environment did not start"; exit 1; }
export BASE VAR
psql=("$top/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse)
"${psql[@]}" -v ON_ERROR_STOP=1 <"$top/tests/hostile/world.sql" >"$tmp/facts" || { echo "Bail out! world.sql"; exit 1; }
node "$top/tests/hostile/forms.mjs" "$tmp/facts" "${psql[@]}"
status=$?
echo "# $TIMES texts a field, in $SECONDS s"
exit $status
