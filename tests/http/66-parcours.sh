#!/usr/bin/env bash
# Parcours: public pages at three lengths, steps that vanish with their sheet, search, what one has done of them, composing one.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "$1"; }

# --- The seven
get /parcours.json
is "$status $(jq_ .total)" "200 7" "seven parcours"
is "$(jq_ '[.elements[].code] | join(" ")')" "$(sql "select string_agg(code, ' ' order by position) from catalyse.term where scheme = 'parcours' and valid_to is null")" \
	"those of the vocabulary, in its order"
is "$(jq_ '[.elements[] | .durees[] | select(((.minutes - .heures * 60) | fabs) > .heures * 9)] | length')" 0 "each length lasts what it says, within 15 %"
is "$(jq_ '[.elements[] | select(.durees[0].etapes < 5 or .durees[1].etapes <= .durees[0].etapes or .durees[2].etapes <= .durees[1].etapes)] | length')" 0 \
	"and each holds more steps than the one before"
get /parcours
is "$status $(grep -c 'class="phrase"' "$tmp/body")" "200 1" "the page"
like "$(cat "$tmp/body")" 'leurs noms et leur contenu sont les nôtres' "says whose wording it is"
unlike "$(cat "$tmp/head")" 'Set-Cookie|no-store' "and is the same for everybody"
is "$(sql "select count(*) from catalyse.parcours_way where gone")" 0 "no step of the reference content is lost"
is "$(sql "select count(*) from catalyse.parcours_step st join catalyse.parcours p on p.id = st.parcours_id where p.author_id is null and st.kind = 'replay'")" 0 \
	"no replay is promised that we do not have"

# --- One of them
p=/parcours/comprendre-son-territoire
get $p.json
is "$(jq_ '.duree, (.etapes | length), ([.etapes[].minutes] | add)' | tr '\n' ' ')" "2 8 120 " "the shortest length by default"
for hours in 4 12; do
	get "$p.json?duree=$hours"
	is "$(jq_ '.etapes | length')" "$(jq_ ".durees[] | select(.heures == $hours).etapes")" "in $hours hours, as many steps as said"
	get "$p?duree=$hours"
	is "$(grep -o 'data-etape="' "$tmp/body" | wc -l)" "$(jq -r '.durees[] | select(.heures == '$hours').etapes' <(curl -s "$BASE$p.json"))" "and so has the page"
done
get "$p?duree=3"
is "$status" 400 "another length is refused"
like "$(cat "$tmp/body")" 'Nous n’avons pas tout compris' "with words"
get "$p.json?duree=3"
is "$status" 400 "in data it is refused"
get "$p"
like "$(cat "$tmp/body")" 'id="etape-carte"' "a step has its anchor"
like "$(cat "$tmp/body")" 'href="\?duree=4"|href="/parcours/comprendre-son-territoire\?duree=4"' "lengths are plain links"
like "$(cat "$tmp/body")" '<details><summary><span class="lettre">A</span>' "the answers of a question open without a script"
unlike "$(cat "$tmp/body")" ' style=| on[a-z]+=' "nothing is written into the page for a script"
like "$(cat "$tmp/body")" 'href="/imprimer\?fiche=' "its sheets make a booklet"
get "$p.json?duree=12"
event=$(jq_ '[.etapes[].rencontre.uri // empty][0]')
get "${event#"$BASE"}"
is "$status" 200 "the meeting that a step names has its page"
get "$p.jsonld"
is "$(jq_ '.["@graph"][1] | .["@type"] + " " + .hasCourseInstance.courseWorkload + " " + (.hasPart | length | tostring)')" "Course PT120M 8" "linked data say a course"
get /parcours/nulle-part
is "$status" 404 "there is no other"

# --- Search, the map of the site
get '/recherche.json?q=tiers-lieu'
is "$(jq_ '[.parcours[].url] | map(select(endswith("/parcours/ouvrir-gerer-un-lieu"))) | length')" 1 "a parcours is found by its words, with its address"
get '/recherche?q=tiers-lieu'
like "$(cat "$tmp/body")" 'href="/parcours/ouvrir-gerer-un-lieu"' "and the page leads there"
step=$(sql "select s.sheet_id || ' ' || p.slug from catalyse.parcours_step s join catalyse.parcours p on p.id = s.parcours_id where s.sheet_id is not null and p.state = 'publiee' order by 1 limit 1")
get "/fiches/${step% *}" -L
like "$(tr -d '\n' <"$tmp/body")" "<h2 id=\"dans-parcours\">Dans le parcours</h2><ul class=\"simple\">.*<a href=\"/parcours/${step#* }\">" "a sheet says which parcours it is a step of"
get /sitemaps/parcours-1.xml
is "$(grep -c "<loc>$BASE/parcours/" "$tmp/body")" 7 "the site map has the seven"

# --- A sheet that is withdrawn takes its step away, and that is said; merged, it leads to the other.
sheet() {
	sql "with s as (insert into catalyse.sheet (ref, type, slug, title, summary, state, origin) values ('essai-parcours-$1-$$', 'methode', 'essai-parcours', 'Essai de parcours',
		'Une méthode pour cet essai.', 'publiee', 'ours') returning id), t as (insert into catalyse.sheet_territory select s.id, t.id from s, catalyse.territory t
		where t.type = 'pays') select id from s"
}
made=$(sheet un) other=$(sheet deux)
way=$(sql "with p as (insert into catalyse.parcours (slug, title, summary, origin, position, changed_here) values ('essai-$$', 'Essai de la voie', 'Un parcours pour cet essai.', 'ours', 99, true)
	returning id), w as (insert into private.parcours_work (parcours_id, content, state) select id, '{}', 'publiee' from p), s as (insert into catalyse.parcours_step (parcours_id, code,
	position, kind, title, minutes, since, sheet_id, body) select p.id, x.code, x.n, x.kind, x.title, 10, 2, case x.kind when 'fiche' then $made end, x.body
	from p, (values (1, 'un', 'texte', 'Première', 'Un texte'), (2, 'deux', 'fiche', 'Seconde', '')) x (n, code, kind, title, body)) select id from p")
clean() {
	sql "delete from catalyse.parcours where id = ${way:-0}; update catalyse.sheet set state = 'retiree', withdrawn_reason = 'essai terminé' where id in (${made:-0}, ${other:-0}) and state = 'publiee'" >/dev/null
	rm -rf "$tmp"
}
trap clean EXIT
get "/parcours/essai-$$.json"
is "$(jq_ '[.etapes[].code] | join(" ")')" "un deux" "a step for a sheet"
# Addresses that nobody asked for yet: nginx keeps nothing of them.
sql "update catalyse.sheet set state = 'retiree', withdrawn_reason = 'essai du retrait' where id = $made"
get "/parcours/essai-$$.json?duree=2"
is "$(jq_ '[.etapes[].code, .etapes_retirees, .durees[0].minutes] | map(tostring) | join(" ")')" "un 1 10" "the sheet withdrawn: the step goes, its time too"
get "/parcours/essai-$$"
like "$(cat "$tmp/body")" 'la fiche qu’elle proposait n’est plus publiée' "and the page says it"
unlike "$(cat "$tmp/body")" 'Essai de parcours|Seconde' "without a word of what was withdrawn"
sql "update catalyse.sheet set state = 'fusionnee', merged_into = 3 where id = $other; update catalyse.parcours_step set sheet_id = $other where parcours_id = $way and kind = 'fiche'"
get "/parcours/essai-$$.json?duree=4"
is "$(jq_ '.etapes[1].fiche.id')" 3 "a sheet merged into another leads there"
sql "update catalyse.parcours set state = 'retiree', withdrawn_on = current_date, withdrawn_reason = 'il fait double emploi' where id = $way"
get "/parcours/essai-$$?duree=12"
is "$status" 410 "a parcours withdrawn is gone"
like "$(cat "$tmp/body")" 'il fait double emploi' "and the reason is given"
get "/parcours/essai-$$.json?duree=12"
is "$status $(jq_ '.erreurs[0].message // .detail' | grep -c 'double emploi')" "410 1" "in data too"
get '/parcours.json?page=1'
all=$(jq_ .total)
get '/parcours.json?page=9'
is "$status $(jq_ '"\(.total) \(.elements | length)"')" "200 $all 0" "beyond the last page, how many there are is said"
get '/parcours.json?page=1'
is "$(jq_ .total)" 7 "and the list has it no more"

# --- What one has done: nothing without asking, then kept, exactly
jar=
get /mon-espace/parcours/rencontrer-dialoguer
is "$status" 303 "what one has done is in an account"
login contributeur@demo.example
ok $? "a contributor signs in"
me=$(sql "select id from private.account where email = 'contributeur@demo.example'")
sql "delete from private.parcours_progress where account_id = $me"
m=/mon-espace/parcours/rencontrer-dialoguer
json() { get "$m" -X POST -b "$jar" -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' -H 'Content-Type: application/json' -H 'Accept: application/json' --data "$1"; }
json '{"act": "ajouter", "etapes": ["silence", "reunion", "nulle-part"]}'
is "$status $(jq_ '.faites | join(" ")')" "200 reunion silence" "ticks of a browser are added, what is no step left aside"
json '{"act": "ajouter", "etapes": ["tables"]}'
is "$(jq_ '.faites | join(" ")')" "reunion silence tables" "to those that were there"
get "$m" -X POST -b "$jar" -H "$(elsewhere)" -H 'Sec-Fetch-Site: cross-site' -H 'Content-Type: application/json' --data '{"act": "oublier"}'
is "$status" 403 "another site changes nothing"
get "$m?etapes=parole" -b "$jar"
is "$(grep -o 'value="parole" checked\|value="silence" checked' "$tmp/body" | wc -l)" 2 "brought by the address: shown ticked, with the others"
is "$(sql "select count(*) from private.parcours_progress where account_id = $me")" 3 "and kept only when it is asked"
post "$m" act=enregistrer etapes=silence
is "$status" 303 "the form says it all"
get "$m.json" -b "$jar"
is "$(jq_ '.faites | join(" ")')" "silence" "what was unticked is forgotten"
get /mon-espace.json -b "$jar"
is "$(jq_ '[.parcours[] | select(.code == "rencontrer-dialoguer") | .faites] | join(" ")')" 1 "one's space tells it"
get /mon-espace -b "$jar"
like "$(cat "$tmp/body")" '1 étape faite sur 21' "and so does its page"
get /compte/export.json -b "$jar"
is "$(jq_ '[.parcours_suivis[] | .etape] | join(" ")')" silence "it is given with the rest"
post "$m" act=oublier
get /mon-espace/parcours.json -b "$jar"
is "$(jq_ .total)" 0 "forgotten when it is asked"

# --- Composing: each button keeps what was typed
post /contribuer/parcours 'titre='
is "$status" 422 "a parcours has a title"
post /contribuer/parcours "titre=Essai de chemin $$"
is "$status" 303 "one is begun"
c=$(head_of Location) c=${c%\?*}
work=${c##*/}
clean_more() { sql "delete from private.parcours_work where author_id = $me; delete from catalyse.parcours where author_id = $me" >/dev/null; }
trap 'clean_more; clean' EXIT
rev() { sql "select rev from private.parcours_work where id = $work"; }
state() { sql "select state from private.parcours_work where id = $work"; }
order() { sql "select string_agg(x->>'code', ' ' order by n) from private.parcours_work w, jsonb_array_elements(w.content->'etapes') with ordinality e (x, n) where w.id = $work"; }
head=("titre=Essai de chemin $$" 'resume=Ce qui m’a servi, dans cet ordre.')
two=(etapes_1_code=e1 etapes_1_sorte=texte 'etapes_1_titre=Pour commencer' etapes_1_minutes=10 etapes_1_des=2 'etapes_1_texte=Prenez une feuille.'
	etapes_2_code=e2 etapes_2_sorte=fiche etapes_2_fiche=3 'etapes_2_titre=La carte' etapes_2_minutes=25 etapes_2_des=2 etapes_2_texte=)
post "$c" "${head[@]}" rev=1 action=texte
like "$status $(head_of Location)" "^303 .*fait=ajoute#etape-1" "a text of one's own"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]:0:6}" 'q=carte des acteurs' action=enregistrer
like "$(head_of Location)" 'q=carte%20des%20acteurs|q=carte\+des\+acteurs' "Enter in the search field looks for sheets"
get "$(head_of Location | sed 's/#.*//')" -b "$jar"
like "$(cat "$tmp/body")" 'name="action" value="fiche-3"' "which may be added"
like "$(cat "$tmp/body")" 'Prenez une feuille\.' "what was typed is kept"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]:0:6}" action=fiche-3
is "$(order)" "e1 e2" "a sheet is added"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]}" action=monter-2
is "$(order)" "e2 e1" "a button moves a step up"
get "$c" -b "$jar"
is "$(grep -o 'name="etapes_1_code" value="[^"]*"' "$tmp/body")" 'name="etapes_1_code" value="e2"' "and the form follows"
post "$c" "${head[@]}" "rev=$(rev)" etapes_1_code=e2 etapes_1_sorte=fiche etapes_1_fiche=3 'etapes_1_titre=La carte' etapes_1_minutes=25 etapes_1_des=2 \
	etapes_2_code=e1 etapes_2_sorte=texte 'etapes_2_titre=Pour commencer' etapes_2_minutes=10 etapes_2_des=2 'etapes_2_texte=Prenez une feuille.' action=descendre-1
is "$(order)" "e1 e2" "another moves it down"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]}" action=fiche-999999
is "$status" 422 "a sheet that there is not is not added"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]}" rencontre=rencontre-9 action=replay
is "$status" 422 "nor a recording that we do not have"
like "$(cat "$tmp/body")" 'Prenez une feuille\.' "and nothing typed is lost"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]}" rencontre=rencontre-9 action=rencontre
is "$(order)" "e1 e2 e3" "a meeting is"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]}" etapes_3_code=e3 etapes_3_sorte=evenement etapes_3_rencontre=rencontre-9 'etapes_3_titre=Une rencontre' etapes_3_minutes=10 etapes_3_des=12 action=oter-3
is "$(order)" "e1 e2" "a step is taken out"
post "$c" "${head[@]}" "rev=1" "${two[@]}" action=enregistrer
is "$status" 409 "what another window saved is not written over"
like "$(cat "$tmp/body")" 'enregistré ailleurs' "it is said"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]:0:3}" etapes_1_minutes=dix etapes_1_des=2 "etapes_1_texte=$(printf 'x%.0s' {1..100})" "${two[@]:6}" action=soumettre
is "$status $(state)" "422 brouillon" "what is missing is said before it is sent"
like "$(cat "$tmp/body")" 'href="#f-etapes_1_minutes"' "where it is"
like "$(cat "$tmp/body")" 'value="dix"' "as it was typed"
post "$c" "${head[@]}" "rev=$(rev)" "etapes_1_titre=$(printf 'x%.0s' {1..20001})" etapes_1_sorte=texte etapes_1_code=e1 action=enregistrer
is "$status" 400 "too long is refused, and shown"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]}" action=soumettre
is "$status $(state)" "303 soumise" "whole, it is sent"
like "$(sql "select string_agg(subject || ' ' || regexp_replace(body_text, '\\s+', ' ', 'g'), ' | ') from private.mail_outbox where kind = 'relecture' and body_text ~ '/moderation/parcours/$work\\M'")" \
	"Un parcours attend une relecture : Essai de chemin $$.*vient d’être envoyé à la relecture" "whoever reads parcours over is told"
is "$(sql "select count(*) = count(distinct account_id) and bool_or(account_id = (select id from private.account where email = 'editeur@demo.example')) and not coalesce(bool_or(account_id = $me), false)
	from private.mail_outbox where kind = 'relecture' and body_text ~ '/moderation/parcours/$work\\M'")" t "an editor among them, once each, not its author"
get "$c" -b "$jar"
unlike "$(cat "$tmp/body")" 'etapes_1_titre' "then it waits"
jar2=$jar
get /parcours.json
is "$(jq_ .total)" 7 "nobody else reads it"

# --- Read over: not by its author, nor by a stranger
get "/moderation/parcours/$work" -b "$jar"
is "$status" 403 "a contributor decides nothing"
login animateur@demo.example
ok $? "an animateur signs in"
get /moderation/parcours.json -b "$jar"
is "$(jq_ "[.elements[] | select(.id == $work)][0].etat")" soumise "it is first in the queue"
get "/moderation/parcours/$work" -b "$jar"
like "$(cat "$tmp/body")" 'Prenez une feuille\.' "and is read as it will appear"
post "/moderation/parcours/$work" "rev=$(rev)" action=refuser motif=
is "$status" 422 "sent back with a reason only"
like "$(cat "$tmp/body")" 'href="#f-motif' "which is asked"
post "/moderation/parcours/$work" "rev=$(rev)" action=refuser 'motif=Il manque une question à la fin.'
is "$status $(state)" "303 refusee" "sent back"
like "$(sql "select subject || ' ' || body_text from private.mail_outbox where kind = 'parcours' order by id desc limit 1" | tr '\n' ' ')" \
	"Votre parcours : Essai de chemin $$.*Il manque une question à la fin" "its author learns why"
jar=$jar2
get "$c" -b "$jar"
like "$(cat "$tmp/body")" 'Il manque une question à la fin' "and reads it over the form"
get /mon-espace.json -b "$jar"
is "$(jq_ '[.attend[] | select(.sorte == "parcours_renvoye")] | length')" 1 "it awaits in one's space"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]}" etapes_3_code=e3 etapes_3_sorte=question 'etapes_3_titre=Pour finir' etapes_3_minutes=5 etapes_3_des=4 \
	$'etapes_3_texte=Et maintenant ?\n- [x] Essayer | On apprend.\n- [ ] Attendre | Attendre quoi ?' action=soumettre
is "$(state)" soumise "sent again"
login animateur@demo.example
post "/moderation/parcours/$work" "rev=$(rev)" action=publier
is "$status $(state)" "303 publiee" "and published"
get "/parcours/essai-de-chemin-$$.json"
is "$status $(jq_ '.auteur + " " + ([.etapes[].code] | join(" "))')" "200 $(sql "select name from catalyse.contributor where id = $me") e1 e2" "everybody reads it, under a name"
get "/parcours/essai-de-chemin-$$?duree=4"
like "$(cat "$tmp/body")" '<span class="lettre">B</span>' "with its question in the longer one"
get "/parcours?essai=$$"
like "$(cat "$tmp/body")" "href=\"/parcours/essai-de-chemin-$$\"" "among those of contributors"
is "$(sql "select string_agg(action, ' ' order by id) from private.journal where object = 'parcours' and object_id = $work")" \
	"parcours_commence parcours_soumis parcours_refuse parcours_soumis parcours_publie" "the journal has each decision"
jar=$jar2
form=$c post "$c" "rev=$(rev)" action=modifier
is "$status $(state)" "303 brouillon" "its author opens it again"
post "$c" "${head[@]}" "rev=$(rev)" "${two[@]}" action=enregistrer
get "/parcours/essai-de-chemin-$$.json?duree=4"
is "$(jq_ '.etapes | length')" 3 "what is public does not change meanwhile"
login animateur@demo.example
post "/moderation/parcours/$work" "rev=$(rev)" action=retirer 'motif=il fait double emploi avec un autre'
is "$status $(state)" "303 retiree" "it can be withdrawn"
get "/parcours/essai-de-chemin-$$?duree=12"
is "$status" 410 "and is gone for everybody"
clean_more

# --- The platform's own: editors change them by the same form; nothing is seen before it is published
own=$(sql "select w.id from private.parcours_work w join catalyse.parcours p on p.id = w.parcours_id where p.slug = 'evaluer-essaimer'")
get "/contribuer/parcours/$own" -b "$jar"
is "$(sql "select private.parcours_hands((select id from private.account where email = 'animateur@demo.example'), w) from private.parcours_work w where w.id = $own")" '{relecteur}' "an animateur reads them over"
unlike "$(cat "$tmp/body")" 'value="modifier"' "and does not write them"
login editeur@demo.example
ok $? "an editor signs in"
get "/moderation/parcours/$own" -b "$jar"
like "$(cat "$tmp/body")" "href=\"/contribuer/parcours/$own\"" "an editor does"
form=/contribuer/parcours/$own post "/contribuer/parcours/$own" "rev=$(sql "select rev from private.parcours_work where id = $own")" action=modifier
is "$status" 303 "opens it"
get "/contribuer/parcours/$own" -b "$jar"
like "$(cat "$tmp/body")" 'name="etapes_19_code" value="visite"' "with all its steps"
long=$(printf 'mot %.0s' {1..4900})
post "/contribuer/parcours/$own" "rev=$(sql "select rev from private.parcours_work where id = $own")" titre=Long $(for i in {1..12}; do echo "etapes_${i}_sorte=texte etapes_${i}_code=l$i"; done) \
	"etapes_1_texte=$long" "etapes_2_texte=$long" "etapes_3_texte=$long" "etapes_4_texte=$long" "etapes_5_texte=$long" "etapes_6_texte=$long" "etapes_7_texte=$long" \
	"etapes_8_texte=$long" "etapes_9_texte=$long" "etapes_10_texte=$long" "etapes_11_texte=$long" action=enregistrer
is "$status" 422 "too long in all is said, and not lost"
sql "update private.parcours_work set state = 'publiee' where id = $own" >/dev/null
end
