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
if script -qec true /dev/null >/dev/null 2>&1; then # a container may have no pseudo-terminal
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

# The page of a territory. An Authorization header asks the application itself, not nginx's cache.
page() { get "$1" -H 'Authorization: essai'; }
page /territoires/commune/97410-saint-benoit.json
is "$(jq_ '[.programmes[] | select(.code == "petites-villes-de-demain") | "\(.ou) \(.signe_le) \(.millesime) \(.source)"] | join("|")')" \
	"ici 2021-05-28 2026-01 ANCT, territoires des programmes" "JSON: a programme with its date, its vintage and its source"
jq -r '.comme_ici.territoires[].territoire.code' "$tmp/body" >"$tmp/json_places"
jq -r '.comme_ici.fiches[].id' "$tmp/body" >"$tmp/json_sheets"
page /territoires/commune/97410-saint-benoit
plain() { sed 's/&nbsp;/ /g; s/\xc2\xa0\|\xe2\x80\xaf/ /g' "$tmp/body"; }
like "$(plain)" 'Signé le <time datetime="2021-05-28">28 mai 2021</time>' "HTML: the date"
like "$(plain)" 'Source : ANCT, territoires des programmes, liste de 2026-01' "HTML: the source and its vintage"
section() { sed -n '/id="comme"/,/<\/section>/p' "$tmp/body"; }
is "$(section | grep -oE 'href="/territoires/commune/[0-9AB]+' | grep -oE '[0-9AB]+$' | xargs)" "$(xargs <"$tmp/json_places")" "HTML and JSON: the same territories alike"
[ -s "$tmp/json_places" ] && [ -s "$tmp/json_sheets" ]
ok $? "some of both: $(wc -l <"$tmp/json_places") territories, $(wc -l <"$tmp/json_sheets") sheets"
is "$(section | grep -oE 'href="/fiches/[a-z0-9-]+-[0-9]+"' | sed -E 's/.*-([0-9]+)"/\1/' | xargs)" "$(xargs <"$tmp/json_sheets")" "and the same sheets from there"
like "$(section | sed 's/&nbsp;/ /g')" 'value="population" checked' "the criteria used are checked"
like "$(section)" 'value="montagne" disabled' "what is not known of a place cannot be chosen"
like "$(section)" 'inconnu de nous' "and is said to be unknown"
is "$(gzip -c "$tmp/body" | wc -c | awk '{ print ($1 < 40000) }')" 1 "the page of a commune is light ($(gzip -c "$tmp/body" | wc -c) bytes compressed)"

# Three places; another criterion is another list. ONE and OTHER are criteria.
change() { # PATH ONE OTHER NAME
	local one other sheets id place
	page "$1.json"
	jq -e '.comme_ici | (.fiches | length) > 0 and ([.criteres[] | select(.choisi)] | length) > 0' "$tmp/body" >/dev/null
	ok $? "$4: by default, sheets from there: $(jq_ '[.comme_ici.fiches[] | "\(.id) of \(.territoire.nom)"] | join(", ")')"
	is "$(jq_ '.comme_ici | [.territoires[] | select(.fiches > 0) | .territoire | "\(.type):\(.code)"] as $t
		| [.fiches[].territoire | "\(.type):\(.code)" | select(. as $k | $t | index($k) | not)] | length')" 0 "each of a territory that is shown"
	sheets=$(jq_ '.comme_ici.fiches[] | "\(.id) \(.territoire.type):\(.territoire.code)"')
	while read -r id place; do
		page "/fiches.json?territoire=$place&taille=100"
		is "$(jq_ "[.elements[] | select(.id == $id)] | length")" 1 "the list of $place has the sheet $id"
	done <<<"$sheets"
	page "$1.json?critere=$2"
	is "$(jq_ '[.comme_ici.criteres[] | select(.choisi) | .code] | join(" ")')" "$2" "$4: one criterion is asked, $2"
	jq -e '.comme_ici.criteres[] | select(.code == "'"$2"'") | (.valeur | length > 0) and .partage_par >= 0' "$tmp/body" >/dev/null
	ok $? "its value here and how many share it: $(jq_ '.comme_ici.criteres[] | select(.code == "'"$2"'") | "\(.valeur), \(.partage_par)"')"
	one=$(jq_ '[.comme_ici.territoires[].territoire.code] | join(" ")')
	is "$(jq_ '[.comme_ici.territoires[], .comme_ici.fiches[] | select(.raison | length == 0)] | length')" 0 "each has its reason"
	sheets=$(jq_ '[.comme_ici.fiches[].id] | join(" ")')
	page "$1.json?critere=$3"
	[ "$sheets" != "$(jq_ '[.comme_ici.fiches[].id] | join(" ")')" ]
	ok $? "$4: other sheets too, $sheets; $(jq_ '[.comme_ici.fiches[].id] | join(" ")')"
	other=$(jq_ '[.comme_ici.territoires[].territoire.code] | join(" ")')
	[ -n "$one" ] && [ -n "$other" ] && [ "$one" != "$other" ]
	ok $? "$4: $2 gives $one; $3 gives $other"
	page "$1.json?critere=$2&critere=$3"
	is "$(jq_ '[.comme_ici.criteres[] | select(.choisi)] | length')" 2 "both are asked"
	jq -e '.comme_ici | .avec_contenu > 0 and ([.criteres[] | select(.retenu)] | length) > 0' "$tmp/body" >/dev/null
	ok $? "and something is left to show: held $(jq_ '[.comme_ici.criteres[] | select(.retenu) | .code] | join(" ")')"
	page "$1?critere=$2&critere=$3"
	is "$status" 200 "in HTML too"
	like "$(cat "$tmp/body")" 'rel="canonical" href="[^?"]*"' "the canonical address has no criteria"
}
change /territoires/commune/97410-saint-benoit population epci "Saint-Benoît (974)"
change /territoires/commune/23001-ahun population epci "Ahun, in Creuse"
change /territoires/epci/243500139-rennes-metropole population epci "Rennes Métropole, in Bretagne"
page '/territoires/epci/243500741-ca-redon-agglomeration'
is "$(grep -oE '<nav class="fil".*' "$tmp/body" | grep -oE '/territoires/(region|departement)/[0-9]+' | xargs)" "/territoires/departement/35" \
	"an EPCI over several départements: the way down is by the one where most of it lies"
page '/territoires/commune/97410-saint-benoit?critere=outre-mer&critere=population'
like "$(section)" 'laissé de côté ici' "a criterion let go is said so"
like "$(plain | tr -d '\n')" "qui réunit tous ces critères n.a encore de fiche chez nous. En gardant « Population », mais pas « Situation »" "and in words"
page '/territoires/commune/97410-saint-benoit.json?critere=richesse'
is "$status" 400 "an unknown criterion: 400 in JSON"
like "$(cat "$tmp/body")" '"champ": ?"critere"' "which names the field"
page '/territoires/commune/97410-saint-benoit?critere=richesse'
is "$status" 400 "with a notice in HTML"
like "$(plain)" 'Critère de ressemblance|critere' "which names it"

# A sheet of a commune counts in its EPCI, its département, its région, once.
sheet=$(sql "select st.sheet_id from sheet_territory st join sheet_index using (sheet_id) join territory t on t.id = st.territory_id where t.code = '97410' order by 1 limit 1")
count_of() { page "/territoires/$1.json"; jq_ .fiches; }
wide='commune/97410-saint-benoit epci/249740093-ca-intercommunale-de-la-reunion-est-cirest departement/974-la-reunion region/04-la-reunion'
before=$(for t in $wide; do count_of "$t"; done | xargs)
sql "insert into sheet_territory select $sheet, id from territory where type = 'commune' and code = '97402'" >/dev/null
is "$(for t in $wide; do count_of "$t"; done | xargs)" "$before" "in two communes of an EPCI, it still counts once there, in the département, in the région"
is "$(page '/fiches.json?territoire=epci:249740093&taille=100'; jq_ "[.elements[] | select(.id == $sheet)] | length")" 1 "and is listed once"
sql "delete from sheet_territory where sheet_id = $sheet and territory_id = (select id from territory where type = 'commune' and code = '97402')" >/dev/null
for t in $wide; do
	key=$(sed -E 's,/([0-9]+)-.*,:\1,' <<<"$t")
	n=$(count_of "$t")
	page "/fiches.json?territoire=$key"
	is "$(jq_ .total)" "$n" "$key: the page and the list agree, $n"
done

# Under the map, what is drawn
page /territoires/commune/97410-saint-benoit
like "$(grep -o '<figcaption>.*' "$tmp/body")" 'La Réunion, le département de Saint-Benoît.*au milieu.*href="/carte\?territoire=commune:97410"' "of a commune overseas: its département, and that the dot is not the commune"
page /territoires/region/24-centre-val-de-loire
like "$(grep -o '<figcaption>.*' "$tmp/body")" 'Les 6 départements de la région Centre-Val de Loire' "of a région: its départements"

# Former communes
for asked in /territoires/commune/23023 /territoires/commune/23023-blaudeix /territoires/commune/23023-blaudeix.json; do
	page "$asked"
	is "$status" 301 "$asked moved for good"
	like "$(head_of location)" '/territoires/commune/23149-parsac' "to the commune that took it"
done
end
