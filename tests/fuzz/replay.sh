#!/usr/bin/env bash
# Runs every fuzz program over its corpus, failures of the past included. top_builddir says where they were built.
set -u
src=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
build=${top_builddir:-$src}
faults=0
for c in "$src"/tests/fuzz/fuzz_*.c; do
	name=$(basename "$c" .c)
	corpus=$src/tests/fuzz/corpus/${name#fuzz_}
	[ -d "$corpus" ] || corpus=
	[ -x "$build/tests/fuzz/$name" ] || { echo "fuzz: $name is not built"; faults=$((faults + 1)); continue; }
	printf '%s: ' "$name"
	"$build/tests/fuzz/$name" ${corpus:+"$corpus"} || { echo "fuzz: $name fails"; faults=$((faults + 1)); }
done
[ "$faults" = 0 ]
