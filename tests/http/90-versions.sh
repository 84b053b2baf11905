#!/usr/bin/env bash
# The published versions of a sheet: each one's page, what differs, the history, the seal; what is left of a sheet withdrawn or merged.
# Leaves three sheets behind, out of every list, for the browser ring: 900001 (archived, three versions), 900002, 900003.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to catalyse, public; $1"; }
formats=$top_srcdir/tests/formats
sql "alter table sheet_version disable trigger sheet_version_keep;
	update sheet set state = 'publiee' where id between 900001 and 900003;
	delete from sheet_version where sheet_id between 900001 and 900003;
	delete from sheet where id between 900001 and 900003;
	alter table sheet_version enable trigger sheet_version_keep;
	delete from sheet_record where sheet_id between 900001 and 900003;
	delete from contributor where id in (900001, 900002)"
step() { printf '{"titre": "%s", "duree": "20 min", "texte": "%s"}' "$1" "$2"; }
sql "begin;
insert into sheet (id, ref, type, slug, title, summary, sections, evidence, state, origin)
select 900000 + n, 'essai-versions-' || n, 'methode', 'essai-versions', 'Essai des versions <n° ' || n || '>', 'Un résumé.',
	'{\"duree\": \"Deux heures\", \"avec_qui\": \"Tout le monde\", \"etapes\": [$(step Ouvrir 'Accueillir chacun.'), $(step Fermer 'Remercier.')]}', 0, 'publiee', 'ours'
from generate_series(1, 3) n;
insert into sheet_territory select 900000 + n, t.id from generate_series(1, 3) n, territory t where t.type = 'pays';
commit;"
sql "insert into contributor (id, name) overriding system value values (900001, 'Essai <d’autrice>'), (900002, null)"
sql "begin; set local catalyse.author = '900001'; set local catalyse.decided_by = '900002';
set local catalyse.parts = '{\"territoires\": [\"commune:97410\", \"region:84\"], \"termes\": [\"odd:17\"], \"source\": null}'; set local catalyse.note = 'La durée est <revue>.';
update sheet set sections = sections || '{\"duree\": \"Trois bonnes heures\"}' where id = 900001; commit"
sql "begin; set local catalyse.parts = '{\"territoires\": [\"region:84\", \"commune:00000\"], \"termes\": [\"odd:17\"],
	\"source\": {\"libelle\": \"Un rapport\", \"annee\": 2024}}';
update sheet set title = 'Essai des versions', evidence = 2, sections = (sections - 'avec_qui') || '{\"pieges\": \"Aller trop vite.\",
	\"etapes\": [$(step Ouvrir 'Accueillir chaque personne.'), $(step Écouter 'Sans répondre.'), $(step Fermer 'Remercier.')]}' where id = 900001; commit"

# --- One version
get /fiches/900001/v1
is "$status $(head_of content-type)" "200 text/html; charset=utf-8" "a version has its page"
like "$(cat "$tmp/body")" 'Version 1 sur 3' "that says which one it is"
like "$(cat "$tmp/body")" '<h1>Essai des versions &lt;n°.1&gt;</h1>' "with its words of then"
like "$(cat "$tmp/body")" "<link rel=\"canonical\" href=\"$BASE/fiches/essai-versions-900001\">" "its canonical address is the sheet's"
like "$(cat "$tmp/body")" '<meta name="robots" content="noindex">' "engines leave it there"
is "$(head_of x-robots-tag)" noindex "in the headers too"
like "$(sed -n 's/^link: *//Ip' "$tmp/head")" '</fiches/900001/historique>; rel="version-history"' "Link: the history"
like "$(sed -n 's/^link: *//Ip' "$tmp/head")" '</fiches/900001/v2>; rel="successor-version"' "Link: the next"
unlike "$(sed -n 's/^link: *//Ip' "$tmp/head")" 'predecessor' "the first follows none"
like "$(cat "$tmp/body")" 'L’empreinte est intacte' "the seal holds"
cp "$tmp/body" "$tmp/v1.html"
get /fiches/900001/v2
like "$(cat "$tmp/body")" 'Pourquoi cette version.: La durée est &lt;revue&gt;.' "the reason is told, escaped"
cp "$tmp/body" "$tmp/v2.html"
like "$(cat "$tmp/body")" 'écrite par Essai &lt;d’autrice&gt;, relue et décidée par contributeur supprimé' "who wrote it, and that who decided has left"
get /fiches/900001/v3.json
is "$status $(jq_ '"\(.version)/\(.versions) \(.en_ligne) \(.intacte) \(.preuve) \(.rubriques.pieges)"')" '200 3/3 true true documente Aller trop vite.' "in JSON"
hash=$(jq_ .empreinte_precedente)
get /fiches/900001/v2.json
is "$(jq_ .empreinte)" "$hash" "each seal covers the one before"
is "$(jq_ '.note + " " + (.liens.suivante | sub(".*/"; ""))')" 'La durée est <revue>. v3' "with its reason and its links"
for path in v4 v0 v01 v 1 v1a v99999999 v1.. v1..v4 v4..v1 v1...v2 v1..2 ..v2; do
	get "/fiches/900001/$path"
	is "$status" 404 "/fiches/900001/$path does not exist"
done
get /fiches/999999/v1
is "$status" 404 "nor versions of a sheet that does not"
for pair in 'v3..v1 v1..v3' 'v2..v2 v2'; do
	get "/fiches/900001/${pair% *}.json"
	is "$status $(head_of location)" "301 /fiches/900001/${pair#* }.json" "${pair% *}: one spelling"
done
get /fiches/autre-titre-900001/v2
is "$status $(head_of location)" "301 /fiches/900001/v2" "by the number alone"

# --- Two versions
get /fiches/900001/v1..v3
is "$status" 200 "what differs has its page"
cp "$tmp/body" "$tmp/diff.html"
flat=$(tr -d '\n' <"$tmp/body" | sed 's/<span class="hors-vue">[^<]*<\/span>//g')
like "$flat" '<del>Deux</del><ins>Trois bonnes</ins> heures' "word by word"
like "$flat" 'Essai des versions<del>[^<]*&lt;n°.1&gt;</del>' "of the title too, escaped"
like "$flat" '<h2 id="avec_qui">Avec qui <span class="ecart-etat">retiré</span>' "what left is said in words"
like "$flat" '<h2 id="etapes-2">Étape 2 <span class="ecart-etat">ajouté</span>' "a step put between two others is the only one added"
like "$flat" '<p>Résumé, Étape 3, Licence\.</p>' "what did not change, in one line"
like "$(cat "$tmp/diff.html")" '\[retiré.: ' "a screen reader is told too"
get /fiches/900001/v1..v3.json
is "$(jq_ '[.champs[] | .champ + " " + .etat] | join(", ")')" \
	'titre modifie, duree modifie, avec_qui retire, pieges ajoute, etapes-1 modifie, etapes-2 ajoute, preuve modifie' "in JSON"
is "$(jq_ '.champs[] | select(.champ == "duree").morceaux | [(map(select(.etat != "ajoute").texte) | add), (map(select(.etat != "retire").texte) | add)] | join("/")')" \
	'Deux heures/Trois bonnes heures' "the pieces make both texts"
is "$(jq_ '.inchanges | join(" ")')" 'chapo etapes-3 licence' "and names what did not change"
get /fiches/900001/v2..v3.json
is "$(jq_ '[.champs[] | select(.champ == ("territoires", "termes", "source")) | .champ + " " + .etat] | join(", ")')" 'territoires modifie, source ajoute' \
	"between versions that recorded them, places and source"
is "$(jq_ '.champs[] | select(.champ == "territoires").morceaux | map(select(.etat != "retire").texte) | add | split("\n") | join("/")')" 'Auvergne-Rhône-Alpes/commune:00000' \
	"by name, or by the code that is no more"

# --- All of them
get /fiches/900001/historique.json
is "$(jq_ '[.total, .intacte, .rompue_depuis, (.versions | map(.version) | join(","))] | join(" ")')" '3 true  3,2,1' "the history, the last first"
is "$(jq_ '.versions | map("\(.auteur)/\(.decidee_par)") | join(" ")')" 'null/null Essai <d’autrice>/contributeur supprimé null/null' "with those who signed"
get /fiches/900001/historique
is "$status $(grep -c '<span class="gare"' "$tmp/body")" '200 3' "its page has them all"
like "$(cat "$tmp/body")" 'href="/fiches/900001/v2..v3"' "with what each changed"
cp "$tmp/body" "$tmp/history.html"
get /fiches/essai-versions-900001
like "$(sed -n 's/^link: *//Ip' "$tmp/head")" '^</fiches/900001/historique>; rel="version-history"' "the sheet says where its versions are"
like "$(cat "$tmp/body")" '<a href="/fiches/900001/historique">Version 3 · historique</a>' "its page has the link"
is "$(grep -o 'href="/fiches/900001/v[0-9.v]*"' "$tmp/body" | cut -d/ -f4 | tr -d '"' | paste -sd' ')" 'v3 v2..v3 v2 v1..v2 v1' "and the last versions, the last first"
get /fiches/essai-versions-900001.json
is "$(jq_ '.liens.versions + " " + .liens.derniere')" "$BASE/fiches/900001/historique $BASE/fiches/900001/v3" "its JSON too"
for url in $(jq_ '.liens | .versions, .derniere'); do
	get "${url#"$BASE"}"
	is "$status" 200 "$url answers"
done
get /openapi.json
is "$(jq_ '.paths["/fiches/{id}/{version}"].get.responses["200"].content["application/json"].schema["$ref"]')" '#/components/schemas/Version' "and it is described"

# --- A forged version is told
sql "alter table sheet_version disable trigger sheet_version_keep; update sheet_version set summary = 'Un faux.' where sheet_id = 900003"
get /fiches/900003/historique.json
is "$(jq_ '"\(.intacte) \(.rompue_depuis)"')" 'false 1' "a version changed afterwards: the seal is broken"
get /fiches/900003/v1
like "$(cat "$tmp/body")" 'L’empreinte ne correspond plus' "and the page says so"
sql "update sheet_version set summary = 'Un résumé.' where sheet_id = 900003; alter table sheet_version enable trigger sheet_version_keep"

# --- Withdrawn: a tombstone with its reason, in every format
sql "update sheet set state = 'retiree', withdrawn_on = '2026-05-03', withdrawn_reason = 'une personne <citée> l’a demandé.' where id = 900002"
wanted='Cette fiche a été retirée le 3.mai.2026 parce qu’une personne (<|&lt;)citée(>|&gt;) l’a demandé\.'
for path in essai-versions-900002 900002 900002/v1 900002/historique; do
	get "/fiches/$path"
	like "$status $(head_of cache-control)" '^410 private, no-' "/fiches/$path: 410, kept by no cache"
	like "$(cat "$tmp/body")" "$wanted" "its page gives the day and the reason"
	unlike "$(cat "$tmp/body")" 'Un résumé|Accueillir' "and nothing of what it held"
	cp "$tmp/body" "$tmp/tombstone.html"
	get "/fiches/$path.json"
	is "$status $(head_of content-type)" '410 application/problem+json' "/fiches/$path.json: a problem"
	like "$(jq_ .detail)" "$wanted" "with the reason"
done
for f in csv atom geojson jsonld; do
	get "/fiches/essai-versions-900002.$f"
	is "$status $(jq_ '.erreurs[0].code')" '410 retiree' "and in $f"
done
get "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:fiches/900002"
like "$(cat "$tmp/body")" 'status="deleted"' "harvesters are told"

# --- Merged: on to the other, however long the way; its versions stay
sql "update sheet set state = 'fusionnee', merged_into = 900001 where id = 900003"
get /fiches/essai-versions-900003
is "$status $(head_of location)" "301 /fiches/essai-versions-900001" "a merged sheet leads to the other"
get /fiches/900003.csv
is "$status $(head_of location)" "301 /fiches/essai-versions-900001.csv" "in the same format"
get '/fiches/900003/v1?'
like "$status $(tr -d '\n' <"$tmp/body")" '^200 .*<link rel="canonical" href="[^"]*/fiches/essai-versions-900001">' "its versions are still there to be cited"
get "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:fiches/900003"
like "$(cat "$tmp/body")" 'status="deleted"' "harvesters are told of that too"

# --- Feeds (RFC 6721)
get "/fiches.atom?taille=41"
cp "$tmp/body" "$tmp/feed.atom"
for id in 900002 900003; do
	like "$(cat "$tmp/feed.atom")" "<at:deleted-entry ref=\"tag:[^\"]*:fiche/$id\" when=\"20[0-9-]{8}T[0-9:]{8}Z\"/>" "the feed says that $id left"
done
xmllint --noout --relaxng "$formats/atom.rng" "$tmp/feed.atom" 2>"$tmp/lint"
ok $? "and follows RFC 4287's grammar" "$(cat "$tmp/lint")"
like "$(/usr/bin/python3 "$formats/feed.py" "$tmp/feed.atom")" 'feed.atom 41 fine' "a reader of feeds reads it"

sql "update sheet set state = 'archivee' where id = 900001"
validate=$top_srcdir/tests/browser/node_modules/.bin/html-validate
out=$("$validate" --config "$top_srcdir/tests/browser/.htmlvalidate.json" --formatter text "$tmp/*.html" 2>&1)
ok $? "html-validate: no error in $(ls "$tmp"/*.html | wc -l) pages" "$out"
end
