#!/usr/bin/env bash
# The needs of territories: thématiques, what is looked for in vain, resources, what explains the network; and those who change them.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
word=zqw$(tr '0-9' 'a-j' <<<"$RANDOM$RANDOM")wqz
clean() {
	sql >/dev/null <<-SQL
		delete from catalyse_private.search_miss where subject = '$word' or subject = '$word cantine';
		delete from catalyse.resource where title like 'Essai 68%';
		delete from private.link_check where url like 'https://essai-68.example/%';
	SQL
}
clean
trap 'clean; rm -rf "$tmp"' EXIT

get '/besoins?territoire=commune:99999'
like "$(cat "$tmp/body")" 'Nous ne connaissons pas de lieu .*commune:99999' "an unknown place is said, as words are"
body() { cat "$tmp/body"; }

# Thématiques.
get /thematiques
is "$status" 200 "the thématiques"
is "$(grep -c 'class="besoin-rang"' "$tmp/body")" 7 "are seven"
like "$(body)" 'proposition de Catalyse' "and said to be ours"
like "$(body)" 'odd-13.*Mesures relatives' "with their objectives"
get /thematiques.json
is "$(jq_ '.total')" 7 "in JSON too"
is "$(jq_ '.elements[] | select(.code == "transition-energie-mobilite") | [.odd[].code] | join(",")')" '7,11,13,15' "objectives, in order"
is "$(jq_ '[.elements[] | select(.origine != "ours")] | length')" 0 "each says that it is ours"
counts=$(jq_ '.elements[] | select(.code == "sante-bien-etre") | .nombres.methode')
get '/fiches.json?theme=sante-bien-etre&type=methode&taille=1'
is "$(jq_ .total)" "$counts" "the counts are those of the lists"
get /thematiques.jsonld
is "$(jq_ '[.. | objects | select(."@type" == "DefinedTerm")] | length')" 7 "in JSON-LD, seven terms of a set"
get /thematiques/nulle-part
is "$status" 404 "an unknown thématique"
get /thematiques/education-jeunesse
is "$status" 200 "one of them"
is "$(grep -o 'class="theme-lettre" aria-hidden="true">[A-Z]' "$tmp/body" | sed 's/.*>//' | tr -d '\n')" MEDOC "its sheets by kind, in order"
like "$(body)" 'agenda-2030\.fr' "its documents of reference"
like "$(body)" 'Nous n’avons pas encore de donnée' "what is missing is said"
like "$(body)" 'href="/besoins\?theme=education-jeunesse"' "and leads to what is looked for in vain"
one=$(md5sum <"$tmp/body")
get /thematiques/education-jeunesse -H 'X-Forwarded-For: 165.169.1.77' -b 'territoire=departement:974'
is "$(md5sum <"$tmp/body")" "$one" "the same bytes wherever one is, whatever one chose elsewhere"
get '/thematiques/sante-bien-etre?territoire=97470'
is "$status $(head_of Location | sed 's/.*territoire=//')" '302 commune:97410' "a postal code leads to the territory's own address"
get '/thematiques/sante-bien-etre?territoire=Saint-Beno%C3%AEt'
like "$status $(body)" 'Plusieurs lieux portent ce nom|^302' "a name of several places asks which"
get '/thematiques/sante-bien-etre?territoire=n-existe-pas-xyz'
like "$(body)" 'Nous ne connaissons pas de lieu' "a place nobody knows is said"
get '/thematiques/sante-bien-etre?territoire=commune:97410'
is "$status" 200 "for a territory"
like "$(body)" 'Saint-Benoît en chiffres' "its figures"
like "$(body)" 'Nous ne connaissons encore personne à Saint-Benoît pour ce besoin' "who is missing there"
like "$(body)" 'Ailleurs en France' "and who is elsewhere"
like "$(body)" 'noindex' "is not for search engines"
get '/thematiques/sante-bien-etre.json?territoire=commune:97410'
is "$(jq_ '.territoire.code + " " + .code')" '97410 sante-bien-etre' "the same in JSON"
is "$(jq_ '[.methodes[], .exemples[], .donnees[], .outils[], .competences[]] | map(.type) | unique | length > 1')" true "its sheets, by kind"
get '/thematiques/sante-bien-etre.jsonld'
is "$(jq_ '[.. | objects | select(."@type" == "DefinedTerm")] | length')" 1 "and in JSON-LD"

# What is looked for in vain: nothing below five, nothing of one day.
miss() { sql -c "insert into catalyse_private.search_miss (day, about, subject, place, outcome, n) values (current_date - $1, 'words', '$2', '$3', 'none', $4) on conflict do nothing"; }
miss 0 "$word" departement:974 2
miss 1 "$word" departement:974 2
get '/besoins.csv?territoire=region:04'
unlike "$(body)" "$word" "four searches are not shown"
miss 2 "$word" departement:974 13
get '/besoins.json?territoire=departement:974'
is "$(jq_ ".elements[] | select(.code == \"$word\") | [.sorte, .au_moins, .issue, .requete] | map(tostring) | join(\" \")")" \
	"mots 15 rien /fiches?q=$word&territoire=departement:974" "seventeen are, as fifteen, with the query to be followed"
is "$(jq_ '[.minimum, .jours] | map(tostring) | join(" ")')" '5 90' "and how it is counted"
get '/besoins.json'
is "$(jq_ ".elements[] | select(.code == \"$word\") | .ou | join(\",\")")" 'La Réunion' "the country says where inside it"
get '/besoins?territoire=commune:97410'
is "$status" 200 "a commune"
like "$(body)" 'jamais plus finement' "is answered by its département, and told so"
like "$(body)" "au moins 15 fois" "with what is asked there"
like "$(body)" "/contribuer/fiche\?titre=Z[a-z]*&amp;territoires=departement%3A974" "a sheet may be begun, with its title and its place"
like "$(body)" "/alertes\?requete=/fiches%3Fq%3D$word%26territoire%3Ddepartement%3A974" "or a notice be asked for"
like "$(body)" 'Ce qui n’est jamais gardé' "what is never kept is said"
get "/alertes?requete=/fiches%3Fq%3D$word%26territoire%3Ddepartement%3A974"
is "$status $(grep -c "$word" "$tmp/body" | sed "s/[1-9][0-9]*/oui/")" "200 oui" "which the alerts understand"
get '/besoins.csv?territoire=departement:974'
like "$(body)" "mots;$word;$word;15;rien;" "in a table too"
is "$(head -n 1 "$tmp/body" | tr -d '\r')" 'sorte;code;libelle;au_moins;issue;ou;territoire;requete' "with its header"
get '/besoins?territoire=departement:974&theme=sante-bien-etre'
unlike "$(body)" "$word" "a thématique leaves out other words"
like "$(body)" 'value="sante-bien-etre" selected' "and is kept in the form"
get '/besoins?theme=nulle-part'
is "$status" 400 "an unknown thématique is refused"
get '/besoins.json?territoire=n-existe-pas-xyz'
is "$status" 400 "an unknown place too, in data"
get '/besoins?territoire=departement:48'
like "$(body)" 'Rien n’est encore demandé cinq fois' "a place that asks for nothing says so"
sql -c "delete from catalyse_private.search_miss where subject = '$word'"

# Resources, and what explains.
get /ressources
is "$status" 200 "the resources"
like "$(body)" 'href="https://odd17.org/"' "with the shared base"
like "$(body)" 'pas encore vérifiée' "and what has not been seen to answer"
get /ressources.json
is "$(jq_ '[.elements[] | select(.origine == "source" and .source == null)] | length')" 0 "each has its source"
is "$(jq_ '[.elements[].sorte] | unique | sort | join(" ")')" 'base donnees formation institution reference reseau' "of every kind"
get /comprendre
is "$status" 200 "the page that explains"
is "$(grep -o 'class="ing-date"' "$tmp/body" | wc -l) $(grep -o 'class="pratique-col"' "$tmp/body" | wc -l) $(grep -o '<ul class="ensemble"' "$tmp/body" | wc -l)" '3 4 1' "three engineerings, four practices, one territory"
is "$(grep -o 'class="borne" aria-hidden="true">' "$tmp/body" | wc -l)" 18 "eighteen examples, each with its place"
is "$(grep -o 'formulation de Catalyse' "$tmp/body" | wc -l)" 3 "three lists of seven said to be ours"
get /comprendre.json
is "$(jq_ '[.parties.liste_principe, .parties.liste_modalite, .parties.liste_moyen | length] | join(" ")')" '7 7 7' "seven, seven and seven"
is "$(jq_ '[.parties.liste_activite[] | .parent] | group_by(.) | map(length) | join(" ")')" '4 4 4 4' "four activities a practice"
is "$(jq_ '[.parties.enseignement, .parties.mission, .parties.action | length] | join(" ")')" '3 3 2' "three lessons, three missions, two actions"
is "$(jq_ '[.parties.exemple[] | select(.catalyseur == null or .fiche == null)] | length')" 0 "each example leads to its catalyst and its sheet"
for p in dialogue-territorial experimentations-collectives accompagnements gestion-d-un-lieu; do
	get "/comprendre/$p"
	is "$status $(grep -o '<ol class="lecons quatre">.*</ol>' "$tmp/body" | grep -o '<li><h3>' | wc -l)" '200 4' "/comprendre/$p, four activities"
done
get /comprendre/autre
is "$status" 404 "an unknown practice"

# Those in charge.
get /administration/ressources
is "$status" 303 "not for everybody"
login editeur@demo.example
ok $? "an editeur signs in"
last() { sql -c "select action || ' ' || object from private.journal order by id desc limit 1"; }
key() { echo "cle=essai-68-$RANDOM$RANDOM"; }
here=/administration/ressources
form=$here post "$here" act=ajouter 'titre=Essai 68 <b>' sorte=reference 'url=https://essai-68.example/a' origine=ours theme=sante-bien-etre montree=1 "$(key)"
is "$status $(last)" '303 ressource_ajoutee ressource' "a document is added, with its line"
id=$(sql -c "select id from catalyse.resource where title like 'Essai 68%'")
get /thematiques/sante-bien-etre
like "$(body)" 'Essai 68 &lt;b&gt;' "it is on its thématique, harmless"
is "$(get "$here/$id" -b "$jar"; grep -o '<option value="[a-z]*"' "$tmp/body" | sed 's/.*value="//; s/"//' | head -n 6 | sort | tr '\n' ' ')" \
	"$(sql -c "select code from catalyse.resource_kind order by 1" | tr '\n' ' ')" "the kinds of the form are those of the base"
form="$here/$id" post "$here/$id" act=enregistrer 'titre=Essai 68 bis' sorte=nulle-part origine=source montree=1
is "$status" 422 "an unknown kind, a source that is not said"
is "$(grep -c 'class="faute"' "$tmp/body")" 2 "are said field by field"
form="$here/$id" post "$here/$id" act=enregistrer 'titre=Essai 68 bis' sorte=reference origine=ours
is "$status $(sql -c "select shown from catalyse.resource where id = $id")" '303 f' "it is hidden"
get /thematiques/sante-bien-etre.json
is "$(jq_ '[.documents[] | select(.titre | startswith("Essai 68"))] | length')" 0 "and gone from the thématique"
# The addresses are asked by catalyse check-links.
sql -c "update catalyse.resource set shown = true, url = 'https://essai-68.example/a' where id = $id; select private.link_collect()" >/dev/null
is "$(sql -c "select array_length(sheet_ids, 1) is null from private.link_check where url = 'https://essai-68.example/a'")" t "its address is to be asked, though no sheet has it"
sql -c "select private.link_note('https://essai-68.example/a', 200, 'bon', null)" >/dev/null
is "$(sql -c "select checked_on = current_date from catalyse.resource where id = $id")" t "the day it answers is the day it was checked"
# Objectives.
here=/administration/thematiques/numerique-services
form=$here post "$here" act=enregistrer odd=9 odd=16 odd=4
is "$status $(last)" '303 theme_objectifs terme' "objectives are changed, with their line"
get /thematiques/numerique-services.json
is "$(jq_ '[.odd[].code] | join(",")')" '9,16,4' "and shown, in the order given"
form=$here post "$here" act=enregistrer odd=9 odd=16
is "$(sql -c "select count(*) from catalyse.term_link l join catalyse.term t on t.id = l.term_id where t.code = 'numerique-services' and l.kept")" 2 "put back"
form=$here post "$here" odd=9
is "$status" 422 "an empty form changes nothing"
# Texts: what was changed here stays.
t=$(sql -c "select id from catalyse.site_text where ref = 'c-mda-3'")
was=$(sql -c "select body from catalyse.site_text where id = $t")
here=/administration/textes/$t
source='Webinaire du 8 juin 2023, Réseau des catalyseurs territoriaux'
form=$here post "$here" act=enregistrer 'titre=Accompagner le projet d’un territoire' 'texte=Essai 68.' origine=source "source=$source" ordre=3 montre=1
is "$status $(last)" '303 texte_change texte' "a text is changed, with its line"
"$top_builddir/catalyse" import contenu "$top_srcdir/sql/reference" --config "$VAR/catalyse.conf" >"$tmp/import" 2>&1
ok $? "the reference content is loaded again" "$(cat "$tmp/import")"
is "$(sql -c "select string_agg(o.code, ',' order by l.position) from catalyse.term_link l join catalyse.term t on t.id = l.term_id join catalyse.term o on o.id = l.other_id where t.code = 'numerique-services' and l.kept")" '9,16' "what was taken out stays out"
is "$(sql -c "select body from catalyse.site_text where id = $t")" 'Essai 68.' "and loading the reference content leaves it"
form=$here post "$here" act=enregistrer origine=ours montre=1
is "$status" 422 "a text says something"
sql -v body="$was" -v t="$t" <<<"update catalyse.site_text set title = 'Accompagner le projet d''un territoire', body = :'body', edited_at = null where id = :t" >/dev/null
end
