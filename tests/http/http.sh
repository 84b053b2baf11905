#!/usr/bin/env bash
# The http ring: every shell test of this folder against one environment, then the browser ring in the same one.
set -uo pipefail
here=${top_srcdir:?run me by make check}/tests
eval "$("$here/env.sh" up)" || { echo "Bail out! the environment did not start"; exit 1; }
export BASE VAR
fail=0
for t in "$here"/http/[0-9]*.sh; do
	echo "== $(basename "$t")"
	bash "$t" || fail=1
done
if [ -d "$here/browser/node_modules/playwright-core" ]; then
	echo "== browser"
	node "$here/browser/run.mjs" || fail=1
else
	echo "not ok - browser: the npm packages are missing (./bootstrap fetches them)"
	fail=1
fi
[ -n "${KEEP_ENV:-}" ] || "$here/env.sh" down
exit $fail
