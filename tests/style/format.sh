#!/usr/bin/env bash
# The form of the C sources is clang-format 14's, by the .clang-format of the tree. With --fix, writes it; else names what differs.
set -u
cd "${top_srcdir:-$(dirname "$0")/../..}" || exit 1
format=$(command -v clang-format-14 || command -v clang-format) || { echo "format: clang-format-14 is not here (./bootstrap installs it)"; exit 1; }
files=$(find src tests tools \( -name node_modules -o -name probe \) -prune -o -name '*.[ch]' -print | LC_ALL=C sort)
if [ "${1:-}" = --fix ]; then
	"$format" -i $files && "$format" -i $files # clang-format settles at the second pass
	exit
fi
faults=$("$format" --dry-run $files 2>&1 | sed -n 's/^\([^:]*\):.*\[-Wclang-format-violations\]$/\1/p' | sort | uniq -c)
[ -z "$faults" ] || printf 'format: tests/style/format.sh --fix would change\n%s\n' "$faults"
[ -z "$faults" ]
