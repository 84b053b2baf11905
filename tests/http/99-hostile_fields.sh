#!/usr/bin/env bash
# Hostile texts in every field of every form, then in whatever the database keeps, against every way out: tests/hostile. What it leaves is for
# nobody: nothing runs after it in this environment (http.sh).
. "$(dirname "$0")/lib.sh"
here=$top_srcdir/tests/hostile
psql=("$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse)
"${psql[@]}" -v ON_ERROR_STOP=1 <"$here/world.sql" >"$tmp/facts" || { echo "Bail out! world.sql"; exit 1; }
status=0
mkdir "$tmp/read" "$tmp/letters"
node "$here/forms.mjs" "$tmp/facts" "${psql[@]}" || status=1
node "$here/letters.mjs" put "$tmp/letters" "${psql[@]}" || status=1 # they leave while pages are read
node "$here/outputs.mjs" "$tmp/facts" "$tmp/read" "${psql[@]}" || status=1
node "$here/letters.mjs" read "$tmp/letters" "${psql[@]}" || status=1
exit $status
