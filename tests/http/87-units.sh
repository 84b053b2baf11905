#!/usr/bin/env bash
# What the units let each program do is enough for it: the instances of this lane run under the rules of theirs (tests/chaos/confine), the
# operator's commands are run here under those of their own, where a call that is refused ends the program.
. "${top_srcdir:?}/tests/http/lib.sh"
if grep -q '^MODE_CFLAGS = .*-fsanitize' "$top_builddir/Makefile"; then
	echo "# not confined: the sanitizers trace the process"
	end
fi
if [ -n "${CATALYSE_WRAP:-}" ]; then
	for i in 1 2; do
		pid=$(cat "$VAR/catalysed-$i.pid")
		is "$(awk '/^(NoNewPrivs|Seccomp|CapBnd):/ { printf "%s ", $2 }' "/proc/$pid/status")" "0000000000000000 1 2 " "instance $i is confined"
		is "$(cat "/proc/$pid"/task/*/stat | sed 's/.*) //' | awk '$39 == 3' | wc -l)" "$(sed -n 's/^THREADS=//p' "$VAR/catalyse.conf")" "its workers give way to nginx (SCHED_BATCH)"
	done
fi
n=0
for unit in "$top_srcdir"/systemd/*.service; do
	grep -q '^Type=oneshot' "$unit" && command=$(sed -n 's,^ExecStart=/usr/bin/catalyse ,,p' "$unit") || continue
	case $command in
	backup* | restore* | drill* | geo* | mail\ bounces* | check-links*) continue ;; # they start other programs, or want a folder or the network
	esac
	bash "$top_srcdir/tests/chaos/confine.sh" "$unit" kill >"$tmp/rules"
	"$top_builddir/tests/chaos/confine" "$tmp/rules" "$top_builddir/catalyse" $command --config "$VAR/catalyse.conf" >"$tmp/out" 2>&1
	is "$?" 0 "catalyse $command under $(basename "$unit")"
	n=$((n + 1))
done
[ $n -ge 5 ]
ok $? "enough of them: $n"
mkdir -p "$tmp/rebonds/new" "$tmp/rebonds/cur" "$tmp/rebonds/tmp"
bash "$top_srcdir/tests/chaos/confine.sh" "$top_srcdir/systemd/catalyse-bounces.service" kill >"$tmp/rules"
"$top_builddir/tests/chaos/confine" "$tmp/rules" "$top_builddir/catalyse" mail bounces "$tmp/rebonds" --config "$VAR/catalyse.conf" >"$tmp/out" 2>&1
is "$?" 0 "catalyse mail bounces under its own"
end
