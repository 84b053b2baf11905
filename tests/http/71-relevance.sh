# Questions as people type them and the sheets they hope for: over our own content as a visitor gets it, and over the corpus of
# the test data, in a base of its own. PostgreSQL's stock French is printed beside.
. "$top_srcdir/tests/http/lib.sh"
rel=$top_srcdir/tests/relevance
cluster=$top_srcdir/tools/cluster.sh
sql() { "$cluster" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 "$@"; }
at_least() { awk -v got="$1" -v wanted="$2" 'BEGIN { exit !(got >= wanted) }'; }
# report LABEL QUESTIONS SUCCESS MRR STOCK_SUCCESS STOCK_MRR [WANTED_SUCCESS WANTED_MRR]
report() {
	local wanted=${7:-0.95} wanted_mrr=${8:-0.8}
	echo "# $1: $2 questions; success@5 $3, MRR $4; with PostgreSQL's stock French: $5, $6"
	at_least "$2" 40
	ok $? "$1: at least 40 questions" "$2"
	at_least "$3" "$wanted"
	ok $? "$1: success@5 is at least $wanted" "$3"
	at_least "$4" "$wanted_mrr"
	ok $? "$1: MRR is at least $wanted_mrr" "$4"
}
measure() { # DATABASE QUESTIONS NAMES OURS -> $tmp/measured
	awk -f "$rel/function.awk" "$top_srcdir/sql/queries/sheet_list.sql" >"$tmp/function.sql"
	sql -d "$1" -v questions="$2" -v names="$3" -v ours="$4" -c "set search_path to catalyse, public" -f "$tmp/function.sql" -f "$rel/measure.sql" >"$tmp/measured" 2>"$tmp/err" ||
		sed 's/^/# /' "$tmp/err"
}
figure() { awk -v who="$1" -v n="$2" '$1 == "figures" && $2 == who { print $n }' "$tmp/measured"; }

sql -d catalyse -c "select id || ' ' || ref from catalyse.sheet" >"$tmp/refs"
# asked QUESTIONS -> $n $success $mrr, as a visitor gets them: a question that names a place leads to the list of that place, whose
# nearest sheets count when it has none.
asked() {
	local q wanted rank
	: >"$tmp/ranks"
	while IFS=$'\t' read -r q wanted; do
		case $q in '#'* | '') continue ;; esac
		get "/fiches.json?taille=10&q=$(jq -rn --arg q "$q" '$q | @uri')" -L
		rank=$(jq_ '(.elements + (.proches // []))[].id' | awk -v wanted="$wanted" 'NR == FNR { ref[$1] = $2; next }
			BEGIN { n = split(wanted, w, " ") } { for (i = 1; i <= n; i++) if (ref[$1] == w[i] && !rank) rank = FNR } END { print rank + 0 }' \
			"$tmp/refs" -)
		[ "$rank" = 1 ] || echo "# ${rank/#0/absent} : $q"
		echo "$rank" >>"$tmp/ranks"
	done <"$1"
	read -r n success mrr < <(awk '{ n++; s += $1 > 0 && $1 <= 5; if ($1) m += 1 / $1 } END { printf "%d %.3f %.3f\n", n, s / n, m / n }' "$tmp/ranks")
	measure catalyse "$1" "select id as sheet_id, ref as name from catalyse.sheet" false
}
asked "$rel/contenu.tsv"
report "our own content" "$n" "$success" "$mrr" "$(figure stock 4)" "$(figure stock 5)"
asked "$rel/temoin.tsv"
report "the same, not worked on" "$n" "$success" "$mrr" "$(figure stock 4)" "$(figure stock 5)" 0.75 0.7

data=${CATALYSE_TEST_DATA:-$top_srcdir/../shared/data}/corpus
if [ -s "$data/referentiel-te-structure.csv" ]; then
	find "$data/multibao" -name '*.md' | LC_ALL=C sort | while read -r f; do
		name=${f#"$data"/multibao/}
		jq -cRs --arg name "${name%.md}" '{ name: $name, body: ., title: ([splits("\n") | select(test("^#+ *[^# ]")) | gsub("^#+ *|[*#]"; "")] | .[0] // $name) }' "$f"
	done >"$tmp/multibao.json"
	sql -d postgres -c 'set client_min_messages to warning' -c 'drop database if exists relevance' -c 'create database relevance'
	if (eval "$("$cluster" env "$VAR/postgresql")" && sqitch --chdir "$top_srcdir/sql" deploy "$("$cluster" uri "$VAR/postgresql" relevance)") >"$tmp/out" 2>&1 &&
		sql -d relevance -v te="$data/referentiel-te-structure.csv" -v mb="$tmp/multibao.json" -f "$rel/corpus_load.sql" >>"$tmp/out" 2>&1; then
		# The synonyms are part of what is measured.
		sql -d catalyse -c 'copy catalyse.search_synonym to stdout' | sql -d relevance -c 'copy catalyse.search_synonym from stdin'
		measure relevance "$rel/corpus.tsv" "select sheet_id, name from public.corpus" true
		grep '^# ' "$tmp/measured"
		report "corpus of $(sql -d relevance -c 'select count(*) from catalyse.sheet') sheets" "$(figure ours 3)" "$(figure ours 4)" "$(figure ours 5)" \
			"$(figure stock 4)" "$(figure stock 5)"
	else
		ok 1 "the corpus is loaded" "$(tail -n 20 "$tmp/out")"
	fi
	sql -d postgres -c 'drop database if exists relevance'
else
	ok 0 "corpus # SKIP no $data (CATALYSE_TEST_DATA says where the test data are)"
fi
end
