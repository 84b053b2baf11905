#!/usr/bin/env bash
# Territories: programmes imported from lists of the official layouts, the page of a territory, territories like this one.
. "$(dirname "$0")/lib.sh"
cat_() { "$top_builddir/catalyse" "$@" >"$tmp/out" 2>"$tmp/err"; status=$?; }
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XAt -c "set search_path to catalyse, public" -c "$1" | tail -n +2; }
conf=$VAR/catalyse.conf
lists=$top_srcdir/tests/fixtures/programmes
out_() { jq -r "$1" "$tmp/out"; }

# Programmes
sql "delete from territory_programme; delete from programme where code = 'programme-d-essai'" >/dev/null
cat_ import programme
is "$status" 2 "import programme without a file: usage"
cat_ import programme --config "$conf" --millesime demain "$lists/crte.csv"
is "$status" 2 "a vintage that is no date: usage"
cat_ import programme --config "$conf" "$top_srcdir/sql/reference/structures.csv"
is "$status" 1 "a file of another layout is refused"
like "$(cat "$tmp/err")" 'structures\.csv:1: en-tête inconnu' "and its header is said"
cat_ import programme --json --dry-run --config "$conf" "$lists/programmes.csv"
is "$status" 0 "a list of several programmes is read"
is "$(out_ .essai),$(sql 'select count(*) from territory_programme')" "true,0" "--dry-run writes nothing"
cat_ import programme --config "$conf" --millesime 2024-02 "$lists/programmes.csv"
is "$status" 0 "and loaded"
said=$(cat "$tmp/err")
like "$said" 'programmes\.csv:1: colonne inconnue « commentaire »' "an unknown column is named"
like "$said" 'programmes\.csv:3: la date de signature' "a day that does not exist is said, with its line"
like "$said" 'programmes\.csv:5: « Blaudeix » \(23023\) a un successeur : commune 23149' "a former commune is followed"
like "$said" 'programmes\.csv:6: « Nulle part » \(99999\) : commune inconnue' "an unknown commune is said"
like "$said" 'programmes\.csv:7: « Saint-Joseph » \(219740123\) se retrouve par son nom : commune 97412' "a commune by its SIREN is found"
like "$said" 'programmes\.csv:8: programme « programme_d_essai » : inconnu jusqu' "an unknown programme is added, and said"
like "$said" 'programmes\.csv:9: .*nombre de cellules' "a row too short is said"
unlike "$said" 'programmes\.csv:(2|4):' "nothing is said of good rows"
cat_ import programme --json --config "$conf" --millesime 2024-02 "$lists/programmes.csv"
is "$(out_ '[.programmes[] | .ajoutes + .changes + .retires] | add')" 0 "loaded again, nothing changes"
is "$(out_ .lignes,.ecartees,.suivies | xargs)" "8 2 2" "the same counts in JSON"
is "$(out_ '[.details[] | select(.sorte == "ecartee") | .ligne] | join(" ")')" "6 9" "with the lines"
cat_ import programme --json --config "$conf" "$lists/crte.csv"
is "$(out_ '.programmes.crte | "\(.ajoutes) \(.identiques) \(.inconnus)"')" "2 1 1" "CRTE: a repeated row counts once, a territory we do not have is said"
is "$(sql "select string_agg(t.type || ':' || t.code, ' ' order by t.code) from territory_programme join territory t on t.id = territory_id where programme_code = 'crte'")" \
	"epci:249740085 commune:29155" "an EPCI by its SIREN, an island by its name"
cat_ import programme --json --config "$conf" "$lists/engagement.csv"
is "$(out_ '.programmes["territoires-d-engagement"].ajoutes')" 2 "Territoires d'engagement, a département without its zero among them"
is "$(out_ '[.details[] | select(.sorte == "ecartee") | .ligne] | join(" ")')" 4 "the row #Invalid Ref is said"
is "$(sql "select label || '|' || period || '|' || url from territory_programme where ref = 'essai-1'")" \
	"Parcours d'accompagnement|2021-2025|https://www.example.org/essai" "period and address are kept"
sed '/pvd-essai-3/d; s/2021-05-28/2021-05-29/' "$lists/programmes.csv" >"$tmp/newer.csv"
cat_ import programme --json --config "$conf" --millesime 2023-01 "$tmp/newer.csv"
is "$status" 1 "an older list over a newer one is refused"
cat_ import programme --json --config "$conf" --millesime 2025-03 "$tmp/newer.csv"
is "$(out_ '.programmes["petites-villes-de-demain"] | "\(.changes) \(.retires)"')" "2 1" "a newer list: changed, and taken out"
is "$(sql "select signed_on || ' ' || vintage from territory_programme where ref = 'pvd-essai-1'")" "2021-05-29 2025-03" "with its date and vintage"
cat_ import programme --json --config "$conf" --millesime 2026-01 "$lists/programmes.csv"
printf 'programme,id_territoire,lib_territoire,code_geo,lib_geo\nx,1,"ouvert,97410,Saint-Benoît\n' >"$tmp/open.csv"
cat_ import programme --config "$conf" "$tmp/open.csv"
is "$status" 1 "a quote left open is refused"
like "$(cat "$tmp/err")" 'open\.csv:2: guillemet' "with its line"
cat_ import programme --config "$conf" "$tmp/none.csv"
is "$status" 1 "a file that is not there is refused"
if command -v script >/dev/null; then
	script -qec "'$top_builddir/catalyse' import programme --dry-run --config '$conf' '$lists/programmes.csv'" /dev/null >"$tmp/tty" 2>&1
	like "$(tr '\r' '\n' <"$tmp/tty")" 'Programmes +\[#+\] 100 %' "a bar on a terminal"
fi
data=${CATALYSE_TEST_DATA:-$top_srcdir/../shared/data}/programmes
if [ -r "$data/programmes_anct.csv" ]; then
	cat_ import programme --json --dry-run --config "$conf" "$data/programmes_anct.csv"
	is "$(out_ '.programmes | "\(.["petites-villes-de-demain"].ajoutes) \(.["action-coeur-de-ville"].ajoutes)"')" "1645 245" "the list of the ANCT: 1,645 small towns and 245 middle ones"
	cat_ import programme --json --dry-run --config "$conf" "$data/datagouv_epci-and-crte.csv"
	is "$(out_ '.lignes,.ecartees,.programmes.crte.ajoutes | tostring' | xargs)" "1306 4 1291" "the CRTE: all but four EPT"
	cat_ import programme --json --dry-run --config "$conf" "$data/territoires_engagement.csv"
	is "$(out_ '[.details[] | select(.message | contains("Invalid Ref")) | .ligne] | join(" ")')" 40 "the row #Invalid Ref of the real file is said"
else
	echo "# skip: no $data (set CATALYSE_TEST_DATA to the folder of test data)"
fi
end
