#!/usr/bin/env bash
# Ten thousand lines of a table, published at once, then again: what docs/design/administration.md says of it. LINES_=10000. tests/http/95-import.sh
# has all the rest, sheets that wait for a review among it.
set -uo pipefail
top=${top_srcdir:?run me by make check-chaos} build=${top_builddir:?} n=${LINES_:-10000}
tmp=$(mktemp -d)
export LANE=import
trap '"$top/tests/env.sh" down >/dev/null 2>&1; rm -rf "$tmp"' EXIT
env=$("$top/tests/env.sh" up 2>"$tmp/up") && eval "$env" || { tail -n 20 "$tmp/up"; echo "Bail out! the environment did not start"; exit 1; }
sql() { "$top/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "set search_path to private, catalyse, public" -c "$1"; }
fail=0
say() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fail=1; fi; }
sql "select code from territory where type = 'commune' order by code limit $n" | awk 'BEGIN { print "source_id;type;titre;résumé;territoire;odd;source;source_url;besoin" }
	{ printf "N%d;exemple;\"Essai d’import %d : la \"\"fiche\"\"\";Ce que raconte la ligne %d, en une phrase.;commune:%s;%d;Tableau d’essai;https://exemple.example/%d;Rien que du texte.\n", NR, NR, NR, $1, NR % 17 + 1, NR }' >"$tmp/table.csv"
before=$(sql "select count(*) from sheet where state = 'publiee'")
for wanted in "[$n,0,0,0]" "[0,0,$n,0]"; do
	busy=$(awk -v n="$(nproc)" '{ b = $1 / n; print (b > 1 ? b : 1) }' /proc/loadavg)
	"$build/catalyse" import fiches "$tmp/table.csv" --state publiee --source-name "Essai publié" --json --config "$VAR/catalyse.conf" >"$tmp/out" 2>"$tmp/err"
	say $? "the import of $n lines, published, ends well $(head -n 2 "$tmp/err" | tr '\n\r' '  ')"
	got=$(jq -c '[.ajoutees, .changees, .identiques, .refusees]' "$tmp/out") s=$(jq .secondes "$tmp/out")
	[ "$got" = "$wanted" ]; say $? "added, changed, the same, refused: $got"
	awk -v s="$s" -v b="$busy" 'BEGIN { exit !(s > 0 && s < 60 * b) }'
	say $? "in less than a minute of a machine that does nothing else: $s s, load $busy a core at its beginning"
done
[ "$(sql "select count(*) from sheet where state = 'publiee'")" = $((before + n)) ]; say $? "each is public, once"
[ "$(sql "select count(*) from sheet_version v join work w using (sheet_id) where w.origin_key like 'essai-publie:%'")" = "$n" ]; say $? "and has one version"
exit $fail
