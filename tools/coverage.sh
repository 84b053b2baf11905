#!/bin/sh
# coverage.sh BUILD: what the tests ran in BUILD (configured with --enable-coverage) executed: lines by folder of src/, then the
# files of ten lines or more that stay under 80 %, the least covered first. Needs gcov, which comes with gcc.
set -eu
cd "$1"
find . -name '*.gcno' -not -path './tests/*' -print0 | xargs -0 gcov -n 2>/dev/null | awk '
/^File / { file = $2; gsub(/\047/, "", file); sub(/^.*\/src\//, "src/", file); next }
/^Lines executed:/ && file ~ /^src\/.*\.[ch]$/ {
	split($0, p, /[:% ]+/); n = p[5]; hit = int(n * p[3] / 100 + 0.5)
	dir = file; sub(/\/[^\/]*$/, "", dir)
	lines[dir] += n; hits[dir] += hit; lines["all"] += n; hits["all"] += hit
	if (n >= 10 && p[3] < 80) low[++k] = sprintf("%5.1f %%  %4d  %s", p[3], n, file)
}
{ file = "" }
END {
	printf "lines executed\n"
	cmd = "LC_ALL=C sort -k3"
	for (d in lines) if (d != "all") printf "%5.1f %%  %5d  %s\n", 100 * hits[d] / lines[d], lines[d], d | cmd
	close(cmd)
	printf "%5.1f %%  %5d  all of src/\n", 100 * hits["all"] / lines["all"], lines["all"]
	if (k) printf "\nunder 80 %%\n"
	cmd = "LC_ALL=C sort -n"
	for (i = 1; i <= k; i++) print low[i] | cmd
}'
