#!/usr/bin/env bash
# Parcours: public pages at three lengths, steps that vanish with their sheet, search, what one has done of them, composing one.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "$1"; }
fresh() { sleep 5; } # what nginx keeps is seen by nobody after that

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
get "$p.jsonld"
is "$(jq_ '.["@graph"][1] | .["@type"] + " " + .hasCourseInstance.courseWorkload + " " + (.hasPart | length | tostring)')" "Course PT120M 8" "linked data say a course"
get /parcours/nulle-part
is "$status" 404 "there is no other"

# --- Search, the map of the site
get '/recherche.json?q=tiers-lieu'
is "$(jq_ '[.parcours[].url] | map(select(endswith("/parcours/ouvrir-gerer-un-lieu"))) | length')" 1 "a parcours is found by its words, with its address"
get '/recherche?q=tiers-lieu'
like "$(cat "$tmp/body")" 'href="/parcours/ouvrir-gerer-un-lieu"' "and the page leads there"
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
sql "update catalyse.sheet set state = 'retiree', withdrawn_reason = 'essai du retrait' where id = $made"
fresh
get "/parcours/essai-$$.json"
is "$(jq_ '[.etapes[].code, .etapes_retirees, .durees[0].minutes] | map(tostring) | join(" ")')" "un 1 10" "the sheet withdrawn: the step goes, its time too"
get "/parcours/essai-$$"
like "$(cat "$tmp/body")" 'la fiche qu’elle proposait n’est plus publiée' "and the page says it"
unlike "$(cat "$tmp/body")" 'Essai de parcours|Seconde' "without a word of what was withdrawn"
sql "update catalyse.sheet set state = 'fusionnee', merged_into = 3 where id = $other; update catalyse.parcours_step set sheet_id = $other where parcours_id = $way and kind = 'fiche'"
fresh
get "/parcours/essai-$$.json"
is "$(jq_ '.etapes[1].fiche.id')" 3 "a sheet merged into another leads there"
sql "update catalyse.parcours set state = 'retiree', withdrawn_on = current_date, withdrawn_reason = 'il fait double emploi' where id = $way"
fresh
get "/parcours/essai-$$"
is "$status" 410 "a parcours withdrawn is gone"
like "$(cat "$tmp/body")" 'il fait double emploi' "and the reason is given"
get "/parcours/essai-$$.json"
is "$status $(jq_ '.erreurs[0].message // .detail' | grep -c 'double emploi')" "410 1" "in data too"
get /parcours.json
is "$(jq_ .total)" 7 "and the list has it no more"
end
