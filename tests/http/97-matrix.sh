#!/usr/bin/env bash
# Every route, every role, one's own object, that of others, none: the answer is the one of matrix.tsv, and what is refused writes
# nothing. See matrix.pl; matrix.sql makes the people and the things it asks about.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")
. "$here/matrix_lib.sh"
matrix_clean
trap 'matrix_clean; rm -rf "$tmp"' EXIT
matrix_facts >"$tmp/facts" || { echo "not ok 1 - the facts are made"; exit 1; }
perl "$here/matrix.pl" "${MATRIX:-run}" "$top_srcdir/src/app/routes.def" "${MATRIX_FILE:-$here/matrix.tsv}" "$tmp/facts"
