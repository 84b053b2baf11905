#!/usr/bin/env bash
# The Observatoire: figures from a table, dry then for good; pages whose table says what the drawing says; data that comes back; two places; editors.
. "$(dirname "$0")/lib.sh"
cat_() { "$top_builddir/catalyse" "$@" >"$tmp/out" 2>"$tmp/err"; status=$?; }
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XAt -c "set search_path to private, catalyse, public" -c "$1" | tail -n +2; }
conf=$VAR/catalyse.conf
out_() { jq -r "$1" "$tmp/out"; }
forget() { sql "delete from indicator where code like 'essai-%'" >/dev/null; }
forget
trap 'forget; rm -rf "$tmp"' EXIT

# The table
cat_ import figures
is "$status" 2 "import figures without a file: usage"
cat_ import figures --config "$conf" "$top_srcdir/sql/reference/structures.csv"
is "$status" 1 "another table is refused"
like "$(cat "$tmp/err")" "la colonne « indicateur » manque" "and why is said"
head=$'indicateur;libelle;rubrique;definition;unite;question;population_interrogee;limites;termes;fiches;territoire;annee;population;reponse;valeur;borne_basse;borne_haute;effectif;source;source_url;editeur;publie_le;humeur\n'
told='Le veut-on ?;Essais;Une part.;%;Le voulez-vous ?;Habitants;Rien d’autre.;profil:citoyen;d-occitanie'
{
	printf '%s' "$head"
	echo "essai-envie;$told;national;2016;Habitants;;74;70;78;1 002;Un rapport d’essai;https://exemple.test/r;Un éditeur;2017-03;gaie"
	echo "essai-envie;;;;;;;;;;region:84;2015-2016;Habitants;;81,5;;;;Un rapport d’essai;;Un éditeur;;"
	echo "essai-envie;;;;;;;;;;region:53;non précisée;Habitants;;62;;;;Un rapport d’essai;;Un éditeur;;"
	echo "essai-envie;;;;;;;;;;region:53;;Habitants;;62;;;;Un rapport d’essai;;Un éditeur;;"
	echo "essai-envie;;;;;;;;;;region:99;2016;Habitants;;62;;;;Un rapport d’essai;;Un éditeur;;"
	echo "essai-envie;;;;;;;;;;region:11;2016;Habitants;;162;;;;Un rapport d’essai;;Un éditeur;;"
	echo "essai-envie;;;;;;;;;;region:84;2015-2016;Habitants;;80;;;;Un rapport d’essai;;Un éditeur;;"
	echo "essai-rien;;;;;;;;;;national;2016;Habitants;;62;;;;Un rapport d’essai;;Un éditeur;;"
	echo "essai-envie;Autre chose;;;;;;;;;national;2010;Habitants;;62;;;;Un rapport d’essai;;Un éditeur;;"
} >"$tmp/figures.csv"
cat_ import figures --json --dry-run --config "$conf" "$tmp/figures.csv"
is "$(out_ '"\(.essai) \(.indicateurs.ajoutes) \(.chiffres.ajoutes) \(.refusees)"') $(sql "select count(*) from indicator where code like 'essai-%'")" "true 1 3 6 0" "--dry-run judges all of it, and writes nothing"
cat_ import figures --config "$conf" "$tmp/figures.csv"
is "$status" 1 "lines refused: the status says so"
said=$(cat "$tmp/err")
like "$said" 'figures\.csv:1: colonne inconnue « humeur »' "an unknown column is named"
like "$said" 'figures\.csv:5: annee : manque' "a year is written, or said not to be known"
like "$said" 'figures\.csv:6: territoire : « region:99 »' "an unknown place, with line and column"
like "$said" 'figures\.csv:7: valeur : une part va de 0 à 100' "a share above 100"
like "$said" 'figures\.csv:8: redit le chiffre de la ligne 3' "a figure told twice"
like "$said" 'figures\.csv:9: indicateur : « essai-rien »' "an indicator that nobody told"
like "$said" 'figures\.csv:10: libelle : dit autre chose que la ligne 2' "an indicator told in two ways"
unlike "$said" 'figures\.csv:(2|3|4):' "nothing is said of good lines"
cat_ import figures --json --config "$conf" "$tmp/figures.csv"
is "$(out_ '"\(.chiffres.ajoutes + .chiffres.changes + .indicateurs.changes) \(.chiffres.identiques)"')" "0 3" "loaded again, nothing changes"

# On the page of a place, one source is said once, and a count is that of the place
get /territoires/region/24-centre-val-de-loire
here=$(sed -n '/id="chiffres-ici"/,/<\/section>/p' "$tmp/body")
is "$(grep -o 'Alchimie territoriale' <<<"$here" | wc -l) $(grep -c 'Source de ces chiffres' <<<"$here")" "1 1" "eight figures of one source name it once"
like "$(tr -d '\n' <<<"$here")" '<b data-chiffre="[0-9]+">1</b> <span>rapport</span>.*<th scope="row">Centre-Val de Loire</th><td class="num fort">1.{1,8}rapport</td>' "one report is not several, and is that of the place"

# A question, in every form
sleep 2
get /observatoire/essai-envie
is "$status" 200 "its page"
like "$(cat "$tmp/body")" 'Qui a été interrogé.*Le voulez-vous' "who was asked, and what"
like "$(cat "$tmp/body")" 'Ce que l’on ne peut pas en conclure' "what cannot be concluded"
like "$(cat "$tmp/body")" 'Outre-mer : pas de donnée publiée|Outre-mer.{1,8}: pas de donnée publiée' "overseas: said plainly"
is "$(grep -c 'style=' "$tmp/body")" 0 "no inline style in a drawing"
marks=$(grep -o '<g data-chiffre="[0-9]*"' "$tmp/body" | grep -o '[0-9]*' | sort -u | xargs)
rows=$(grep -o '<tr data-chiffre="[0-9]*"' "$tmp/body" | grep -o '[0-9]*' | sort -u | xargs)
is "$marks" "$(sql "select string_agg(f.id::text, ' ' order by f.id::text) from figure f join indicator i on i.id = f.indicator_id where i.code = 'essai-envie' and f.territory_id <> (select id from territory where type = 'pays')")" "every région's figure is drawn"
is "$rows" "$(sql "select string_agg(f.id::text, ' ' order by f.id::text) from figure f join indicator i on i.id = f.indicator_id where i.code = 'essai-envie'")" "and every figure is in a table"
like "$(cat "$tmp/body")" 'fill="url\(#g-f0-[hi]\)"' "what is not published is hatched"
get /observatoire/essai-envie.json
is "$(jq_ '"\(.chiffres | length) \(.chiffres[0].territoire.code) \(.chiffres[0].valeur) \(.chiffres[0].annee) \(.chiffres[0].effectif) \(.chiffres[0].population)"')" "3 FR 74 2016 1002 Habitants" "its JSON"
is "$(jq_ '.chiffres | map(select(.source.libelle == "" or .population == "" or .annee == "")) | length')" 0 "no figure without a source, who was asked, a year or its absence"
is "$(jq_ '.chiffres[] | select(.territoire.code == "53") | .annee')" "année non précisée" "a year that is not known says so"
get /observatoire/essai-envie.csv
is "$status $(head_of Content-Type)" "200 text/csv; charset=utf-8" "its CSV"
cp "$tmp/body" "$tmp/back.csv"
cat_ import figures --json --config "$conf" "$tmp/back.csv"
is "$status $(out_ '"\(.chiffres.identiques) \(.chiffres.changes + .chiffres.ajoutes + .indicateurs.changes) \(.colonnes_inconnues | length)"')" "0 3 0 0" "comes back as it is"
get /observatoire/essai-envie.jsonld
is "$(jq_ '[.["@graph"][] | select(.["@type"] == "Dataset")] | "\(length) \(.[0].distribution | length) \(.[0].temporalCoverage)"')" "1 2 2015/2016" "its linked data: a Dataset"
get /fiches/156 -L
like "$(cat "$tmp/body")" 'href="/observatoire/occitanie-alliances"' "the sheet that tells a question leads to it"
get /observatoire/n-existe-pas
is "$status" 404 "a question that is not there"

# All of them
get /observatoire
is "$status" 200 "the questions"
like "$(cat "$tmp/body")" 'Tous domaines, tous acteurs, tous territoires' "three axes"
like "$(cat "$tmp/body")" 'href="/observatoire/essai-envie"' "ours among them"
get '/observatoire.json?profil=citoyen'
is "$(jq_ '[.elements[].code] | index("essai-envie") != null')" true "by actor"
get '/observatoire.json?territoire=departement:69'
is "$(jq_ '[.elements[].code] | index("essai-envie") != null')" true "by place: what contains it"
get '/observatoire.json?territoire=departement:974'
is "$(jq_ '[.elements[].code] | index("essai-envie")')" null "not where only the nation is told"
get '/observatoire?territoire=departement:974'
like "$(cat "$tmp/body")" 'Pas de donnée publiée' "La Réunion: no figure is published, said plainly"
get /observatoire.csv
like "$(head -n 1 "$tmp/body")" '^indicateur;libelle;rubrique' "everything, for a spreadsheet"
cp "$tmp/body" "$tmp/all.csv"
cat_ import figures --json --dry-run --config "$conf" "$tmp/all.csv"
is "$status $(out_ '"\(.chiffres.changes + .chiffres.ajoutes + .indicateurs.changes + .refusees)"')" "0 0" "which comes back too"

# Two places
get '/observatoire/comparer.json?a=region:84&b=region:53'
is "$(jq_ '.elements[] | select(.indicateur == "essai-envie") | "\(.a[0].valeur) \(.b[0].valeur)"')" "81.5 62" "two places side by side"
get '/observatoire/comparer?a=commune:69123&b=region:53'
like "$(cat "$tmp/body")" 'voici celles de Auvergne|voici celles d’Auvergne' "a commune is widened, and it is said"
get '/observatoire/comparer?a=departement:974&b=region:53'
like "$(cat "$tmp/body")" 'Pas de donnée publiée à La Réunion' "an absence is said"
get '/observatoire/comparer?a=region:99&b=zone:1'
is "$status" 400 "a place that does not exist is no crash"
like "$(cat "$tmp/body")" 'Comparer deux territoires' "the form is there again"
get /territoires/region/84-auvergne-rhone-alpes
like "$(cat "$tmp/body")" 'href="/observatoire/essai-envie"' "the page of a région tells them"
get /territoires/departement/974-la-reunion
like "$(cat "$tmp/body")" 'Pas de donnée publiée à La Réunion' "that of La Réunion says there are none"

# Editors
login editeur@demo.example
get /administration/indicateurs -b "$jar"
is "$status" 200 "editors have their page"
token=$(token)
sed 's/;74;/;75;/' "$tmp/figures.csv" >"$tmp/newer.csv"
get /administration/indicateurs -X POST -b "$jar" -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' -F "jeton=$token" -F act=envoyer -F "fichier=@$tmp/newer.csv;type=text/csv"
is "$status" 303 "a table is sent"
report=$(head_of Location)
get "$report" -b "$jar"
like "$(cat "$tmp/body")" '1 à changer, 2 déjà là' "judged"
like "$(cat "$tmp/body")" 'region:99' "line by line"
is "$(sql "select value from figure_full where indicator = 'essai-envie' and type = 'pays'")" 74 "and nothing is written"
post "$report" act=confirmer
is "$status $(sql "select value from figure_full where indicator = 'essai-envie' and type = 'pays'")" "303 75" "until it is confirmed"
is "$(sql "select action from journal where object = 'import' order by id desc limit 1")" chiffres_importes "the journal has it"
one=$(sql "select id from figure_full where indicator = 'essai-envie' and code = '53'")
post /administration/indicateurs/essai-envie act=oter "chiffre=$one"
is "$status $(sql "select count(*) from figure where id = $one")" "303 0" "a figure is taken out"
# The reference content comes again with the program: what editors changed stays theirs.
content=$tmp/contenu
cp -r "$top_srcdir/sql/reference" "$content"
head -n 4 "$tmp/figures.csv" | sed "s/;[^;]*$//" >"$content/chiffres.csv"
cat_ import contenu "$content" --config "$conf" --json
is "$status $(sql "select value from figure_full where indicator = 'essai-envie' and type = 'pays'") $(sql "select count(*) from figure_full where indicator = 'essai-envie' and code = '53'")" "0 75 0" "the content that comes with the program does not undo them"
cat_ import contenu "$top_srcdir/sql/reference" --config "$conf" --json
is "$status" 0 "nor does its own"
post /administration/indicateurs/essai-envie act=oter "chiffre=$one"
is "$status" 422 "once"
post /administration/indicateurs/essai-envie act=cacher
sleep 3
get /observatoire/essai-envie
is "$status" 404 "a question is hidden"
is "$(sql "select string_agg(action, ' ' order by id) from (select id, action from journal where object = 'indicateur' and detail->>'code' = 'essai-envie' order by id desc limit 2) x")" "chiffre_retire indicateur_cache" "the journal has both"
login contributeur@demo.example
get /administration/indicateurs -b "$jar"
is "$status" 403 "contributors have not"
end
