#!/usr/bin/env bash
# Fuzzes with libFuzzer, FUZZ_SECONDS (60) for each program, or for those named. Needs clang. What fails is left in
# tests/fuzz/corpus/<name>/ as crash-…: keep it there with the fix, make check replays it.
set -eu
cd "$(dirname "$0")/../.."
cc=$(command -v clang-14 || command -v clang) || { echo "fuzz: clang is not here (apt-get install clang-14)" >&2; exit 1; }
gen=${top_builddir:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
read -ra libs <<< "$(pkg-config --cflags --libs libcjson libsodium liboath libqrencode libxxhash libmagic gdlib libzip zlib) -lcmark-gfm-extensions -lcmark-gfm -lpthread -lm"
sources=(src/base/*.c src/text/*.c src/web/query.c src/web/fcgi_frame.c src/web/net.c src/geo/addr.c src/crypt/*.c src/media/*.c "$gen"/gen/common.c)
names=("$@")
[ ${#names[@]} -gt 0 ] || for f in tests/fuzz/fuzz_*.c; do f=$(basename "$f" .c); names+=("${f#fuzz_}"); done
for n in "${names[@]}"; do
	printf 'fuzz %s: building\n' "$n"
	"$cc" -std=gnu17 -O1 -g -w -D_GNU_SOURCE= -DARENA_MALLOC -DFUZZ_LIBFUZZER -fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=undefined -Isrc -I"$gen" "tests/fuzz/fuzz_$n.c" "${sources[@]}" "${libs[@]}" -o "$work/$n"
	mkdir -p "$work/new"
	"$work/$n" -max_total_time="${FUZZ_SECONDS:-60}" -max_len=16384 -timeout=10 -rss_limit_mb=1024 -print_final_stats=0 \
		-verbosity=0 -artifact_prefix="tests/fuzz/corpus/$n/" "$work/new" "tests/fuzz/corpus/$n"
	printf 'fuzz %s: nothing found in %s s\n' "$n" "${FUZZ_SECONDS:-60}"
	rm -rf "$work/new"
done
