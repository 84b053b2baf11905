#!/usr/bin/env bash
# The http ring: shell tests of this folder against one environment, then the browser ring in the same one.
# LANE=public|data|work|hostile|site|people: a part of it, in an environment of its own; `make check` runs the lanes side by side.
set -uo pipefail
here=${top_srcdir:?run me by make check}/tests
export LANE=${LANE:-}
browser= last=()
case $LANE in
public) tests=("$here"/http/[1-6]*.sh) ;;
data) tests=("$here"/http/[78]*.sh) ;;
work) tests=("$here"/http/9[0-8]*.sh) ;;
hostile) tests=("$here"/http/99*.sh) ;;
site) tests=() browser=site ;;
people) tests=("$here/http/90-versions.sh") browser=people ;; # what it publishes is looked at in Chromium
"") tests=("$here"/http/[1-8]*.sh "$here"/http/9[0-8]*.sh) browser="site people" last=("$here"/http/99*.sh) ;; # 99: what it leaves is for nobody
*) echo "Bail out! no lane $LANE"; exit 1 ;;
esac
# CONFINED=1, and always in the lanes `public` and `data`: catalysed under what its unit lets it do, where a call that is refused ends it.
if [ "$LANE" = public ] || [ "$LANE" = data ] || [ -n "${CONFINED:-}" ]; then
	build=${top_builddir:?}
	if grep -q '^MODE_CFLAGS = .*-fsanitize' "$build/Makefile"; then
		[ -z "${CONFINED:-}" ] || { echo "skipped: the sanitizers trace the process, which the filter would end"; exit 77; }
		echo "# not confined: the sanitizers trace the process"
	else
		mkdir -p "$build/tests/env"
		bash "$here/chaos/confine.sh" "$top_srcdir/systemd/catalyse@.service" kill >"$build/tests/env/rules${LANE:+-$LANE}" || { echo "Bail out! no rules"; exit 1; }
		export CATALYSE_WRAP="$build/tests/chaos/confine $build/tests/env/rules${LANE:+-$LANE}"
	fi
fi
env=$("$here/env.sh" up) && eval "$env" || { echo "Bail out! the environment did not start"; exit 1; }
export BASE VAR
fail=0
if [ -n "${CATALYSE_WRAP:-}" ]; then # the processes that answer are under the filter, or all that follows says nothing
	for i in 1 2; do
		grep -q '^Seccomp:[[:space:]]*2$' "/proc/$(cat "$VAR/catalysed-$i.pid")/status" || { echo "not ok - instance $i is not under the filter"; fail=1; }
	done
	[ $fail != 0 ] || echo "ok - both instances are under the filter (Seccomp: 2)"
fi
for t in "${tests[@]}"; do
	echo "== $(basename "$t") $SECONDS s"
	bash "$t" || fail=1
done
if [ -z "$browser" ]; then
	:
elif [ -d "$here/browser/node_modules/playwright-core" ]; then
	echo "== browser $SECONDS s"
	node "$here/browser/run.mjs" $browser || fail=1
else
	echo "not ok - browser: the npm packages are missing (./bootstrap fetches them)"
	fail=1
fi
for t in "${last[@]}"; do
	echo "== $(basename "$t") $SECONDS s"
	bash "$t" || fail=1
done
if grep -E 'exited on signal (4|6|7|8|11)( |$)' "$VAR/nginx/nginx-erreurs.log"; then # of those that nobody sends
	echo "not ok - a worker of nginx ended by itself"
	fail=1
else
	echo "ok - no worker of nginx ended by itself"
fi
echo "== end $SECONDS s"
[ -n "${KEEP_ENV:-}" ] || "$here/env.sh" down
exit $fail
