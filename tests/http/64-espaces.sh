#!/usr/bin/env bash
# Espaces: three host names on one installation, each with its own home, menu, colours and selection; one base, one search; all of it changed by pages.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
port=${BASE##*:}
# at ESPACE PATH: that page under that name
at() { local name=$1 path=$2; shift 2; get "$path" -H "Host: $name.localhost:$port" "$@"; }
body() { cat "$tmp/body"; }
title() { sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' "$tmp/body"; }
# soon COMMAND...: what was changed is seen within five seconds
soon() { local n; for ((n = 0; n < 12; n++)); do "$@" && return 0; sleep 0.5; done; return 1; }

# A host, an espace.
get /
is "$status" 200 "a name that is nobody’s"
is "$(title)" Catalyse "shows the default espace"
cp "$tmp/body" "$tmp/default"
at odd17 /
is "$(title)" Catalyse "which has its own name too"
cmp -s "$tmp/body" "$tmp/default"
ok $? "and is the same under both"
for e in reseau apprendre; do
	at $e /
	is "$status" 200 "$e answers"
	cp "$tmp/body" "$tmp/$e"
done
is "$(sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' "$tmp/reseau" "$tmp/apprendre" | paste -sd'|')" 'Catalyseurs territoriaux|Territoires en actions' "each with its title"
for e in default reseau apprendre; do sed -n '/<nav class="nav"/,/<\/nav>/p' "$tmp/$e" >"$tmp/$e.menu"; sed -n '/<h1/p' "$tmp/$e" >"$tmp/$e.h1"; done
! cmp -s "$tmp/default.menu" "$tmp/reseau.menu" && ! cmp -s "$tmp/reseau.menu" "$tmp/apprendre.menu" && ! cmp -s "$tmp/default.menu" "$tmp/apprendre.menu"
ok $? "its menu"
is "$(sort -u "$tmp"/*.h1 | wc -l)" 3 "its heading"
like "$(cat "$tmp/reseau.menu")" 'href="/catalyseurs"' "the network’s leads to catalysts"
unlike "$(cat "$tmp"/*.menu)" 'href=""' "no line of a menu leads nowhere"
get / -H "Host: RESEAU.Localhost"
is "$(title)" 'Catalyseurs territoriaux' "a host is the same in capitals and without its port"
get / -H 'Host: inconnu.example'
is "$(title)" Catalyse "an unknown one is the default’s"
at reseau /fiches
is "$(title)" 'Les fiches — Catalyseurs territoriaux' "other pages say where one is"
like "$(body)" 'rel="canonical" href="'"$BASE"'/fiches"' "a list has one address, whatever the host"
like "$(cat "$tmp/reseau")" 'rel="canonical" href="http://reseau.localhost:'"$port"'/"' "a home is its own"
at reseau /fiches.json?taille=3
cp "$tmp/body" "$tmp/data"
get /fiches.json?taille=3
cmp -s "$tmp/body" "$tmp/data"
ok $? "data are the same under every name"
is "$(jq_ '[.elements[].uri | startswith("'"$BASE"'/")] | all')" true "with the one address of each sheet"
at reseau / -H 'Accept: application/json'
is "$(jq_ '.espace + " " + .nom')" 'reseau Catalyseurs territoriaux' "the home says its espace in JSON"
# Two at once never mix: nginx keeps a page by host.
for n in 1 2 3 4 5 6; do
	for e in reseau apprendre; do curl -sS -H "Host: $e.localhost:$port" "$BASE/" | grep -o '<title>[^<]*' >"$tmp/mix.$e.$n" & done
done
wait
is "$(cat "$tmp"/mix.* | sort | uniq -c | awk '{print $1}' | paste -sd' ')" '6 6' "no page of one under the name of another"

for n in 1 2 3; do get / -H 'Host: reseau.localhost:666'; done
at reseau /
unlike "$(body)" ':666' "a port that somebody sends is in nobody else’s page"

# Colours: a stylesheet of its own, kept for a year, never in the page.
css=$(grep -o '/espaces/reseau/[0-9a-f]*\.css' "$tmp/reseau" | head -n 1)
at reseau "$css"
is "$status $(head_of Content-Type)" '200 text/css; charset=utf-8' "the colours of an espace"
like "$(body)" '^@media screen\{:root\{--route:#[0-9a-f]{6}' "are tokens"
like "$(head_of Cache-Control)" immutable "kept as long as they are the same"
at reseau "${css%/*}/000000000000.css"
is "$status" 200 "those of before give those of now"
unlike "$(head_of Cache-Control)" immutable "which are not kept"
for wrong in /espaces/reseau/x.css /espaces/nulle-part/000000000000.css /espaces/reseau/000000000000.png /espaces/reseau/000000000000; do
	get "$wrong"
	is "$status" 404 "$wrong"
done
unlike "$(cat "$tmp/default")" '/espaces/odd17/' "the default one has the colours of the site"
unlike "$(cat "$tmp"/{default,reseau,apprendre})" ' style=|<style' "no style in a page"

# The selection, its filter, its facet; the search stays whole.
all=$(get '/fiches.json?taille=1' && jq_ .total)
get '/fiches.json?espace=apprendre&taille=100'
held=$(jq_ .total)
is "$(jq_ '[.elements[].type] | unique - ["methode", "competence"] | length')" "$(sql -c "select count(distinct type) from catalyse.sheet s join catalyse.espace_sheet x on x.sheet_id = s.id
	join catalyse.espace e on e.id = x.espace_id where e.code = 'apprendre' and s.type not in ('methode', 'competence') and s.state = 'publiee'")" "a rule takes its kinds, placed sheets come besides"
[ "$held" -gt 0 ] && [ "$held" -lt "$all" ]
ok $? "an espace has some of the sheets" "$held of $all"
get '/fiches.json?taille=1'
is "$(jq_ '.facettes.espace[] | select(.valeur == "apprendre") | .nombre')" "$held" "the facet counts what the filter finds"
get '/fiches.json?espace=apprendre&type=outil&taille=1'
is "$(jq_ '.facettes.espace[] | select(.valeur == "apprendre") | .nombre')" "$(jq_ .total)" "together with another"
get '/fiches.json?espace=apprendre&espace=reseau&taille=100'
is "$(jq_ '(.elements | map(.id) | length) == (.elements | map(.id) | unique | length)')" true "a sheet of two espaces is there once"
get '/fiches?espace=apprendre'
like "$(body)" "Retirer|name=\"espace\" value=\"apprendre\" checked" "the filter is a box on the page"
get '/fiches?espace=nulle-part'
is "$status" 400 "an espace that nobody knows is said"
at apprendre '/recherche.json?q=forum'
cp "$tmp/body" "$tmp/found"
get '/recherche.json?q=forum'
cmp -s "$tmp/body" "$tmp/found"
ok $? "a search is the same everywhere"
at reseau /
first=$(sql -c "select s.slug || '-' || s.id from catalyse.espace_sheet x join catalyse.espace e on e.id = x.espace_id join catalyse.sheet s on s.id = x.sheet_id
	where e.code = 'reseau' and s.state = 'publiee' order by x.position, s.evidence desc, s.verified_on desc, s.id limit 1")
like "$(body)" "href=\"/fiches/$first\"" "a home shows what was placed first"

# From one espace to another.
like "$(cat "$tmp/reseau")" "href=\"http://apprendre.localhost:$port/\"" "each leads to the others, under names of the same world"
unlike "$(cat "$tmp/reseau")" 'href="https?://odd17\.org' "a demo leads to nobody’s site"

# What follows is of this test: an espace, a sheet.
tiny='iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGP4f6YDK2IYWhIAPO6UwTdBhaYAAAAASUVORK5CYII='
clean() {
	sql >/dev/null <<-'SQL'
		begin;
		set local search_path to catalyse, public;
		delete from espace where code = 'essai-64';
		set local session_replication_role = replica; -- versions are kept by triggers: this is a test's own rubbish
		delete from sheet_territory where sheet_id = 906401;
		delete from sheet_index where sheet_id = 906401;
		delete from sheet_record where sheet_id = 906401;
		delete from sheet_version where sheet_id = 906401;
		delete from sheet where id = 906401;
		commit;
	SQL
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
login admin@demo.example "$VAR/jar-admin@demo.example"
ok $? "the administrateur signs in"
adm=/administration/espaces
form=$adm post $adm 'nom=Essai 64' code=essai-64 'accroche=Une phrase.' hote=essai-64.localhost couleur=#22623A
is "$status" 422 "a colour on which ink is not read is refused"
like "$(body)" 'contraste de 2,[0-9].; il en faut 4,5' "with what is wrong in plain words"
form=$adm post $adm 'nom=Essai 64' code=essai-64 'accroche=Une phrase.' hote=essai-64.localhost couleur=#FFCC88
is "$status" 303 "an espace is opened"
here=$adm/essai-64
named() { at essai-64 / && [ "$(title)" = "$1" ]; }
soon named 'Essai 64'
ok $? "its name leads to it at once, without a restart" "$(title)"
like "$(body)" '/espaces/essai-64/[0-9a-f]{12}\.css' "in its colours"
like "$(body)" '<h1' "with a home, though nobody made one"
form=$here post $here act=enregistrer 'nom=Essai 64' 'enseigne=Essai' hote=essai-64.localhost "hotes=autre-64.localhost
essai-64-bis.localhost" 'accroche=Une phrase.' 'pied=Le bas <b>.'
is "$status" 303 "it gets a short name and two other hosts"
get_other() { at autre-64 / && [ "$(title)" = Essai ]; }
soon get_other
ok $? "each leads to it" "$(title)"
like "$(body)" 'Le bas &lt;b&gt;' "its foot says its sentence, harmless"
form=$here post $here act=enregistrer 'nom=Essai 64' hote=reseau.localhost
is "$status" 422 "a host of another espace is refused"
form=$here post $here act=enregistrer 'nom=Essai 64' hote=essai-64.localhost 'hotes=http://x'
is "$status" 422 "so is what is no host"

form=$here/apparence post $here/apparence act=enregistrer couleur=#1f5c86 bande=#888888 fond_pied=rouge
is "$status $(grep -c 'class="faute"' "$tmp/body")" '422 3' "three colours, three refusals"
form=$here/apparence post $here/apparence act=enregistrer couleur=#ffcc88 bande=#f4eee4 fond_pied= marque=chemin
is "$status" 303 "others are kept"
coloured() { at essai-64 / && get "$(grep -o '/espaces/essai-64/[0-9a-f]*\.css' "$tmp/body" | head -n 1)" && like_ "$(body)" '--chez-vous:#f4eee4'; }
soon coloured
ok $? "under another address" "$(body)"
base64 -d <<<"$tiny" >"$tmp/logo.png"
get $here/apparence -b "$jar"
token=$(token)
get $here/apparence -X POST -b "$jar" -H 'Sec-Fetch-Site: same-origin' -F "jeton=$token" -F act=image -F "fichier=@$tmp/logo.png;type=image/png"
is "$status" 303 "an image takes the place of the mark"
pictured() { at essai-64 / && grep -q 'src="/espaces/essai-64/[0-9a-f]*\.png"' "$tmp/body"; }
soon pictured
ok $? "on its pages"
logo=$(grep -o '/espaces/essai-64/[0-9a-f]*\.png' "$tmp/body" | head -n 1)
at essai-64 "${logo:-/rien}"
is "$status $(head_of Content-Type)" '200 image/png' "and is given, encoded anew"
echo '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$tmp/logo.svg"
get $here/apparence -X POST -b "$jar" -H 'Sec-Fetch-Site: same-origin' -F "jeton=$token" -F act=image -F "fichier=@$tmp/logo.svg;type=image/png"
is "$status" 422 "what is no image is not one by its name"
form=$here/apparence post $here/apparence act=oter
is "$status" 303 "it is taken out"

form=$here/menu post $here/menu act=ajouter zone=menu libelle=Méthodes 'adresse=/fiches?type=methode'
is "$status" 303 "a line of the menu"
form=$here/menu post $here/menu act=ajouter zone=menu 'libelle=Nulle part' adresse=/page-qui-n-existe-pas
is "$status" 303 "one that leads nowhere yet"
get "$here/menu?zone=menu" -b "$jar"
like "$(body)" 'aucune page ne répond là' "is told to its editor"
menued() { at essai-64 / && grep -q '<a href="/fiches?type=methode">Méthodes</a>' "$tmp/body"; }
soon menued
ok $? "the menu is the espace’s"
unlike "$(body)" 'Nulle part' "without what leads nowhere"
for bad in 'javascript:alert(1)' '//ailleurs.example/' 'fiches' 'https://x.example/"onclick'; do
	form=$here/menu post $here/menu act=ajouter zone=menu libelle=Non "adresse=$bad"
	is "$status" 422 "no line leads to $bad"
done
form=$here/accueil post $here/accueil act=ajouter sorte=texte
is "$status" 303 "a block of the home"
block=$(sql -c "select b.id from catalyse.espace_block b join catalyse.espace e on e.id = b.espace_id where e.code = 'essai-64'")
form=$here/accueil post $here/accueil act=changer "bloc=$block" 'titre=Un titre <i>' 'texte=Un **mot** et <script>alert(1)</script>.'
is "$status" 303 "is written"
homed() { at essai-64 / && grep -q 'Un titre &lt;i&gt;' "$tmp/body"; }
soon homed
ok $? "and shown"
like "$(body)" '<strong>mot</strong> et &lt;script&gt;' "harmless"
is "$(grep -c '<h1' "$tmp/body")" 1 "with one heading, whatever the blocks"
form=$here/accueil post $here/accueil act=ajouter sorte=inconnue
is "$status" 422 "an unknown kind is refused"
form=$here post $here act=regle "regle=$BASE/fiches?type=outil&tri=recent"
is "$status" 422 "an order is no rule"
form=$here post $here act=regle 'regle=theme=nulle-part'
is "$status" 422 "nor is a term that nobody knows"
form=$here post $here act=regle "regle=$BASE/fiches?type=outil"
is "$status" 303 "the address of a list makes one"
get '/fiches.json?type=outil&taille=1'
tools=$(jq_ .total)
get "/fiches.json?espace=essai-64&taille=1&x=$RANDOM"
is "$(jq_ .total)" "$tools" "the espace has what it takes"
is "$(sql -c "select count(*) > 8 and bool_and(actor_id is not null) from private.journal j join catalyse.espace e on e.id = j.object_id where j.object = 'espace' and e.code = 'essai-64'")" t "each change has its line in the journal"

# A shared sheet, adapted here, changed there, reconciled field by field.
sql >/dev/null <<'SQL'
begin;
set local search_path to catalyse, public;
insert into sheet (id, ref, type, slug, title, summary, sections, evidence, state, origin) values (906401, 'essai-64', 'methode', 'zwirbel-commun', 'Zwirbel commun', 'Un résumé commun.',
	'{"duree": "Deux heures", "pieges": "Aller trop vite. Oublier les absents.", "restitution": "Un compte rendu."}', 0, 'publiee', 'ours');
insert into sheet_territory select 906401, id from territory where type = 'pays';
commit;
SQL
page=/fiches/zwirbel-commun-906401 text=$here/textes/906401
form=$here post $here act=placer fiche=906401
is "$status" 303 "a sheet of all is placed here"
vu() { grep -A1 "name=\"champ\" value=\"$1\"" "$tmp/body" | grep -o 'name="vu" value="[0-9a-f]*"' | head -n 1 | sed 's/.*value="//; s/"//'; }
adapt() { # FIELD ACT [TEXT]
	get "$text" -b "$jar"
	local seen
	seen=$(vu "$1")
	form=$text post "$text" "act=$2" "champ=$1" "vu=${seen:-$(printf '%032d' 0)}" ${3:+"texte=$3"}
}
adapt titre adapter 'Zwirbel <i>d’ici</i>'
is "$status" 303 "its title is adapted"
adapt pieges adapter 'Ici, aller trop vite se paie.'
is "$status" 303 "and a section"
here_says() { at essai-64 "$page" && grep -q "$1" "$tmp/body"; }
soon here_says 'Zwirbel &lt;i&gt;d’ici'
ok $? "the espace shows its words, harmless"
like "$(body)" 'Ici, aller trop vite se paie' "for each field"
like "$(body)" 'Un résumé commun' "beside what stays common"
like "$(body)" 'adapte-note.*texte=commun' "and says so, with a way to the common text"
like "$(body)" "rel=\"canonical\" href=\"$BASE$page\"" "whose address is the canonical one"
at essai-64 "$page?texte=commun"
like "$(body)" '<h1>Zwirbel commun</h1>' "which reads there"
for e in reseau odd17; do
	at $e "$page"
	like "$(body)" '<h1>Zwirbel commun</h1>' "$e shows the common text"
	unlike "$(body)" 'adapte-note' "without a word"
done
at essai-64 "$page.json"
cp "$tmp/body" "$tmp/one"
get "$page.json"
cmp -s "$tmp/one" "$tmp/body"
ok $? "data are the same everywhere"
is "$(jq_ '[.titre, (.adaptations | length), .adaptations[0].espace, ([.adaptations[].champ] | sort | join(" "))] | join("|")')" 'Zwirbel commun|2|essai-64|pieges titre' "the common text, and the adaptations beside"
for q in zwirbel 'zwirbel%20ici'; do
	get "/recherche.json?q=$q"
	is "$(grep -o 'zwirbel-commun-906401"' "$tmp/body" | sort -u | wc -l)" 1 "a search finds it once ($q)"
done
at essai-64 '/fiches.json?q=zwirbel'
is "$(jq_ .total)" 1 "under its own name too"
adapt restitution adapter 'Un compte rendu.'
is "$status $(sql -c "select count(*) from catalyse.espace_adaptation where sheet_id = 906401")" '303 2' "the common text itself is no adaptation"
get "$text" -b "$jar"
seen=$(vu titre)
sql -c "update catalyse.sheet set title = 'Zwirbel commun, corrigé', sections = sections || '{\"pieges\": \"Aller trop vite. Oublier les absents, surtout.\", \"restitution\": \"Un compte rendu et une carte.\"}' where id = 906401"
form=$text post "$text" act=adapter champ=titre "vu=$seen" 'texte=Zwirbel à nous'
is "$status" 422 "what was written over a text that has changed meanwhile waits"
like "$(body)" 'Zwirbel à nous' "and is not lost"
get "$text" -b "$jar"
is "$(grep -c 'le texte commun a changé' "$tmp/body")" 2 "two fields of the base have moved under an adaptation, one has not"
like "$(tr -d '\n' <"$tmp/body")" '<ins>.{1,60}, corrigé<span' "what changed is shown word by word"
get $here/textes -b "$jar"
like "$(body)" 'le texte commun de 2 rubriques a changé' "the list of texts says what awaits"
get $here -b "$jar"
like "$(body)" 'Le texte commun a changé sous 2 rubriques' "the espace too"
soon here_says 'Un compte rendu et une carte'
ok $? "what is not adapted follows the base"
like "$(body)" 'Zwirbel &lt;i&gt;d’ici' "what is adapted stays, until somebody decides"
adapt titre reprendre
is "$status" 303 "the new title is taken"
adapt pieges garder
is "$status" 303 "the adaptation of the section is kept"
soon here_says '<h1>Zwirbel commun, corrigé</h1>'
ok $? "each as decided"
like "$(body)" 'Ici, aller trop vite se paie' "field by field"
get "$text" -b "$jar"
unlike "$(body)" 'le texte commun a changé' "nothing awaits any more"
is "$(sql -c "select string_agg(action || ' ' || (detail->>'champ'), ', ' order by id) from private.journal where object_id = (select id from catalyse.espace where code = 'essai-64') and detail->>'fiche' = '906401' and action like 'espace_texte%'")" \
	'espace_texte_adapter titre, espace_texte_adapter pieges, espace_texte_reprendre titre, espace_texte_garder pieges' "the journal tells who decided what"
login editeur@demo.example
get "$text" -b "$jar"
unlike "$(body)" 'name="champ"' "an éditrice of another espace reads"
form=$here/menu post "$text" act=reprendre champ=pieges
is "$status" 403 "and changes nothing"
end
