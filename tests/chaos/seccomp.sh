#!/usr/bin/env bash
# The whole http ring, Chromium included unless BROWSER=no, with catalysed under the calls that its unit allows: one that is refused ends the
# process, and so fails the ring. `make check` has the lanes `public` and `data` so; this one is of make check-chaos.
set -uo pipefail
here=${top_srcdir:?run me by make check-chaos}/tests
fail=0 skipped=0
for lane in public data work hostile ${BROWSER:-site people}; do
	[ "$lane" != no ] || continue
	CONFINED=1 LANE=$lane bash "$here/http/http.sh" >"${top_builddir:?}/tests/chaos/seccomp-$lane.log" 2>&1
	status=$?
	log=$top_builddir/tests/chaos/seccomp-$lane.log
	if [ $status = 77 ]; then
		tail -n 1 "$log"
		skipped=1
	elif [ $status = 0 ] && grep -q 'Seccomp: 2' "$log"; then
		echo "ok - $lane: $(grep -c '^ok' "$log") checks under the filter of catalyse@.service"
	else
		echo "not ok - $lane, under the filter of catalyse@.service"
		grep '^not ok\|^Bail' "$log" | head -n 20
		fail=1
	fi
done
[ $fail != 0 ] || [ $skipped = 0 ] || exit 77
exit $fail
