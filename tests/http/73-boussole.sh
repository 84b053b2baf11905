#!/usr/bin/env bash
# The compass: five questions or none lead to a path, each step with its reason; the sixteen activities; where practices travelled; editors
# change the questions. What is made here is taken back at the end.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
clean() {
	sql >/dev/null <<-'SQL'
		begin;
		set local session_replication_role = replica; -- versions are kept by triggers: this is a test's own rubbish
		create temp table gone on commit drop as select id from catalyse.sheet where ref like 'essai-73-%';
		delete from private.adoption where sheet_id in (select id from gone) or who = 'Maison d’essai 73';
		delete from catalyse.sheet_link where sheet_id in (select id from gone) or other_id in (select id from gone);
		delete from catalyse.sheet_territory where sheet_id in (select id from gone);
		delete from catalyse.sheet_index where sheet_id in (select id from gone);
		delete from catalyse.sheet_record where sheet_id in (select id from gone);
		delete from catalyse.sheet_version where sheet_id in (select id from gone);
		delete from catalyse.sheet where id in (select id from gone);
		delete from catalyse.compass_hint where answer_id in (select id from catalyse.compass_answer where code like 'essai-73%');
		delete from catalyse.compass_answer where code like 'essai-73%';
		update catalyse.compass_question set label = 'Que voulez-vous ?', edited_at = null where code = 'but';
		commit;
	SQL
	"$top_builddir/catalyse" stats tout --config "$VAR/catalyse.conf" >/dev/null 2>&1
}
clean
trap 'clean; rm -rf "$tmp"' EXIT

# The questions.
get /boussole
is "$status" 200 "the questions"
is "$(grep -o '<fieldset' "$tmp/body" | wc -l)" 6 "five, and the place"
is "$(grep -c 'Je passe cette question' "$tmp/body")" 5 "each may be passed"
is "$(grep -o 'value="[^"]*" checked' "$tmp/body" | sort | uniq -c | tr -s ' ')" ' 6 value="" checked' "nothing is answered for anybody"
like "$(cat "$tmp/body")" 'action="/boussole/chemin" method="get"' "a plain form"
unlike "$(tr -d '\n' <"$tmp/body" | sed 's/.*<main/<main/; s/<\/main.*//')" '<script|onclick|style=' "nothing in the page wants a script"
unlike "$(cat "$tmp/body")" 'include virtual' "the place proposed was put in by nginx"
get /boussole -H 'X-Forwarded-For: 165.169.1.1'
like "$(cat "$tmp/body")" 'id="lieu-ici" name="territoire" value="commune:974[0-9]{2}"><span>' "from La Réunion, a place is proposed, not chosen"
get /boussole -b 'territoire=commune:97424'
like "$(cat "$tmp/body")" 'id="lieu-ici" name="territoire" value="commune:97424" checked' "what was chosen before is"
get /boussole -H 'X-Forwarded-For: 8.8.8.8'
unlike "$(cat "$tmp/body")" 'lieu-ici' "an unknown visitor is proposed nothing"
get '/boussole?qui=commune&territoire=commune:97424'
like "$(cat "$tmp/body")" 'id="qui-commune" name="qui" value="commune" checked' "answers come back from the address"
like "$(cat "$tmp/body")" 'value="commune:97424" checked><span>Cilaos' "the place too"
get /boussole.json
is "$(jq_ '[.questions[].code] | join(" ")')" "qui but moyens etape envie" "as data"
get /_fragment/boussole
is "$status" 404 "the fragment is not for the outside"

# No answer: a path all the same.
get /boussole/chemin.json
is "$(jq_ '.fiches | length')" 7 "no answer at all: seven steps"
is "$(jq_ '[.fiches[] | select((.raisons | length) == 0)] | length')" 0 "each with a reason"
is "$(jq_ '[.fiches[].type] | unique | length >= 3')" true "of several kinds"
is "$(jq_ '.territoire')" null "and no place is guessed"
get '/boussole/chemin?qui=&but=&moyens=&etape=&envie=&territoire=&lieu='
is "$status" 200 "a form sent without an answer"
unlike "$(cat "$tmp/body")" 'pas tout compris' "is not a mistake"
like "$(cat "$tmp/body")" 'par où commencer' "and says so"

# An elected official of a rural commune of La Réunion; an association of Lyon.
elu='qui=commune&but=comprendre&moyens=peu&etape=debut&envie=histoires&territoire=commune:97424'
asso='qui=association&but=allier&moyens=equipe&etape=essaye&envie=pas-a-pas&territoire=commune:69123'
get "/boussole/chemin.json?$elu"
is "$status" 200 "an official of Cilaos"
mine=$(jq_ '[.fiches[].id] | sort | join(" ")')
like "$(jq_ '.fiches[] | .raisons[]')" 'vient de Saint-Benoît, dans le même département' "what comes from the island is there, and why"
like "$(jq_ '.fiches[] | .raisons[]')" 'parce que vous débutez' "the beginner's reason"
like "$(jq_ '.fiches[] | .raisons[]')" 'où l’on est peu nombreux' "the density of the place counts"
like "$(jq_ '.fiches[] | .raisons[]')" 's’adresse aux communes' "so does the profile"
is "$(jq_ '.fiches[0].type')" exemple "stories first, as asked"
is "$(jq_ '.parcours[0].code')" comprendre-son-territoire "a parcours"
is "$(jq_ '.parcours[0].raisons | join("")')" 'parce que vous voulez savoir qui fait quoi' "and its reason"
like "$(jq_ '.catalyseurs[].nom')" 'Maison des associations de Saint-Benoît' "who is on the island"
is "$(jq_ '[.catalyseurs[] | select(.raison == null)] | length')" 0 "each with its reason"
get "/boussole/chemin.json?$asso"
theirs=$(jq_ '[.fiches[].id] | sort | join(" ")')
isnt=$([ "$mine" != "$theirs" ]; echo $?)
is "$isnt" 0 "the association of Lyon has another path"
is "$(comm -12 <(tr ' ' '\n' <<<"$mine" | sort) <(tr ' ' '\n' <<<"$theirs" | sort) | wc -l | awk '{ print ($1 <= 2) }')" 1 "nearly nothing in common"
like "$(jq_ '.fiches[] | .raisons[]')" 'vient du Rhône' "what comes from the Rhône"
like "$(jq_ '.fiches[] | .raisons[]')" 's’adresse aux associations' "for associations"
is "$(jq_ '.parcours[0].code')" accompagner-les-alliances "another parcours"
like "$(jq_ '.catalyseurs[].nom')" 'Rezo 1901' "other people"
get "/boussole/chemin?$elu"
like "$(cat "$tmp/body")" '<h1>Votre chemin à Cilaos</h1>' "the page says where"
like "$(cat "$tmp/body")" 'Parce que vous débutez' "and why"
like "$(cat "$tmp/body")" "href=\"/boussole\?${elu//&/&amp;}\"" "the answers may be changed"
like "$(cat "$tmp/body")" "<p class=\"adresse\"><a href=\"/boussole/chemin\?${elu//&/&amp;}\"" "the address holds them all"
like "$(cat "$tmp/body")" 'href="/imprimer\?fiche=[0-9]+(&amp;fiche=[0-9]+){6}"' "all of it on paper"
like "$(cat "$tmp/body")" 'Aucun rendez-vous n’est annoncé|Parce que c’est le prochain' "the next meeting, or that there is none"
sum=$(md5sum <"$tmp/body")
get "/boussole/chemin?$elu" -H 'X-Forwarded-For: 165.169.1.1' -b 'territoire=commune:69123'
is "$(md5sum <"$tmp/body")" "$sum" "the same for all, whoever asks"
is "$(head_of Set-Cookie)" "" "nothing is kept, not even a cookie"
before=$(sql -c "select sum(n_tup_ins + n_tup_upd) from pg_stat_user_tables where schemaname in ('catalyse', 'private') and relname like 'compass%'")
get "/boussole/chemin?$asso&lieu=Cilaos"
is "$status" 302 "a place typed"
is "$(head_of Location)" "/boussole/chemin?${asso%&*}&territoire=commune:97424" "wins over the one ticked, and leads to the address to keep"
get '/boussole/chemin?qui=association&lieu=Saint-Beno%C3%AEt'
is "$status" 200 "several places of that name"
like "$(cat "$tmp/body")" 'href="/boussole/chemin\?qui=association&amp;territoire=commune:97410"' "are proposed, the answers kept"
get '/boussole/chemin?lieu=zzzzqx'
like "$(cat "$tmp/body")" 'Nous ne connaissons pas de lieu' "a place that is not"
get '/boussole/chemin?qui=personne&but=comprendre'
is "$status" 200 "an answer that is no more"
like "$(cat "$tmp/body")" 'elle est passée' "is passed, and it is said"
get '/boussole?territoire=commune:99999'
like "$status $(cat "$tmp/body")" 'Ce territoire nous est inconnu' "an unknown place is said on the page of questions"
get '/boussole/chemin.json?territoire=commune:99999'
is "$status" 400 "a place that does not exist, as data"
is "$(sql -c "select sum(n_tup_ins + n_tup_upd) from pg_stat_user_tables where schemaname in ('catalyse', 'private') and relname like 'compass%'")" "$before" "reading wrote nothing"

# The sixteen activities.
get /boussole/pratiques
is "$status" 200 "the four practices"
is "$(grep -o '<fieldset class="habitude"' "$tmp/body" | wc -l)" 16 "sixteen activities"
unlike "$(cat "$tmp/body")" 'id="profil"' "no profile before answering"
get '/boussole/pratiques?voir=1&a_mise_en_relations=souvent&a_fab_lab=parfois&a_incubation_de_projets=&territoire=commune:97410'
is "$status" 200 "answered"
is "$(grep -o '<rect class="b"[^>]*width="[0-9]*%"' "$tmp/body" | grep -o '[0-9]*%' | sort | uniq -c | tr -s ' \n' ' ')" ' 14 0% 1 100% 1 50% ' "drawn"
is "$(grep -o '<tr><th scope="row">[^<]*</th><td>[^<]*' "$tmp/body" | sed 's/.*<td>//' | sort | uniq -c | tr -s ' \n' ' ')" ' 1 parfois 14 pas encore 1 souvent ' "the table says the same"
like "$(cat "$tmp/body")" 'role="img" aria-labelledby="profil-t profil-d"' "the drawing has its words"
like "$(cat "$tmp/body")" 'Maison des associations de Saint-Benoît' "who practises it nearby"
like "$(cat "$tmp/body")" 'href="/boussole/pratiques\?a_mise_en_relations=souvent&amp;a_fab_lab=parfois&amp;territoire=commune:97410&amp;voir=1"' "the address to keep has no more than what was said"
get '/boussole/pratiques.json?a_mise_en_relations=souvent'
is "$(jq_ '[.pratiques[].activites[]] | length')" 16 "as data"
is "$(jq_ '.pratiques[].activites[] | select(.code == "mise-en-relations") | .reponse + " " + (.fiches | length | tostring)')" "souvent 0" "what is done often needs no help"
is "$(jq_ '[.pratiques[].activites[] | select(.reponse == "pas encore" and (.fiches | length) > 0)] | length >= 10')" true "the others have sheets"
get '/boussole/pratiques?a_mise_en_relations=toujours'
is "$status" 400 "a word that is not one of the three is refused"
like "$(cat "$tmp/body")" 'a_mise_en_relations' "and named, on the page itself"
get '/boussole/pratiques?voir=1&a_fab_lab=souvent&lieu=Cilaos'
is "$(head_of Location)" '/boussole/pratiques?a_fab_lab=souvent&territoire=commune:97424&voir=1' "a place typed leads to the address to keep"

# Where practices travelled.
get /fiches/1/essaimage
is "$status" 200 "a sheet that went nowhere we know of"
like "$(cat "$tmp/body")" 'Personne n’a encore dit' "says so"
sql >/dev/null <<-'SQL'
	begin;
	insert into catalyse.sheet (ref, type, slug, title, summary, state, origin, sections) select 'essai-73-' || n, 'exemple', 'essai-73-' || n, 'Essai soixante-treize ' || n, 'Un jardin.', 'publiee', 'ours',
		'{"contexte": "Ici."}' from generate_series(1, 4) n;
	insert into catalyse.sheet_territory select s.id, t.id from catalyse.sheet s, catalyse.territory t where s.ref like 'essai-73-%' and t.type = 'commune' and t.code = case when s.ref = 'essai-73-1' then '35238' else '97424' end;
	insert into catalyse.sheet_link select a.id, b.id, 'inspire' from catalyse.sheet a join catalyse.sheet b on (a.ref, b.ref) in (('essai-73-2', 'essai-73-1'), ('essai-73-3', 'essai-73-2'), ('essai-73-4', 'essai-73-1'));
	insert into private.adoption (sheet_id, territory_id, who, year, outcome, note, state) select s.id, t.id, 'Maison d’essai 73', 2025, o.v, 'Plus petit.', 'publique'
		from catalyse.sheet s, catalyse.territory t, (values ('reussi', '97424'), ('partiel', '69123'), ('abandonne', '97410')) o(v, c) where s.ref = 'essai-73-1' and t.type = 'commune' and t.code = o.c;
	commit;
SQL
id() { sql -c "select id from catalyse.sheet where ref = 'essai-73-$1'"; }
one=$(id 1) three=$(id 3)
get "/fiches/$three/essaimage.json"
is "$(jq_ '[.fiches[] | "\(.profondeur):\(.titre[-1:])"] | join(" ")')" "0:1 1:2 1:4 2:3" "the tree, from whichever of its sheets"
is "$(jq_ '.fiches[0].essais | "\(.total) \(.reussi) \(.partiel) \(.abandonne)"')" "3 1 1 1" "outcomes counted"
is "$(jq_ '[.fiches[0].essais_declares[].lieu.code] | sort | join(" ")')" "69123 97410 97424" "where"
get "/fiches/$three/essaimage"
is "$(grep -o '<circle class="st' "$tmp/body" | wc -l)" 4 "drawn: four stations"
is "$(grep -o '<rect class="es [a-z_]*" x=' "$tmp/body" | sort | uniq -c | tr -s ' \n' ' ')" ' 1 <rect class="es abandonne" x= 1 <rect class="es partiel" x= 1 <rect class="es reussi" x= ' "and three trials, by outcome"
like "$(cat "$tmp/body")" "<a href=\"/fiches/essai-73-3-$three\" aria-current=\"true\">" "the sheet of the page is marked in the list"
like "$(cat "$tmp/body")" 'les départements d’où viennent ces fiches' "on the map"
get "/fiches/$one/essaimage.csv"
is "$(cut -d';' -f1 "$tmp/body" | tr -d '\r' | sort | uniq -c | tr -s ' \n' ' ')" ' 3 essai 4 fiche 4 lieu 1 sorte ' "as a table"
get "/fiches/essai-73-1-$one/essaimage"
is "$(head_of Location)" "/fiches/$one/essaimage" "one address"
get /fiches/99999999/essaimage
is "$status" 404 "no such sheet"
get "/fiches/essai-73-1-$one"
like "$(cat "$tmp/body")" "href=\"/fiches/$one/essaimage\">Son arbre et sa carte" "the sheet leads there"
get /essaimage
like "$(cat "$tmp/body")" 'Essai soixante-treize 1' "all the trees"
get /territoires/commune/97424-cilaos
like "$(cat "$tmp/body")" 'Venu d’ailleurs[^0-9<]*3<' "the territory tells what came"
get /territoires/commune/35238-rennes
like "$(cat "$tmp/body")" 'Parti d’ici[^0-9<]*5<' "and what left"
sql -c "insert into private.adoption (sheet_id, territory_id, who, outcome, state) select s.id, t.id, 'Maison d’essai 73', 'reussi', 'publique' from catalyse.sheet s, catalyse.territory t
	where s.ref = 'm-carte-des-acteurs' and t.type = 'commune' and t.code = '97424'" >/dev/null
get "/boussole/chemin.json?territoire=commune:97424&moyens=peu"
like "$(jq_ '.fiches[] | .raisons[]')" 'parce qu’elle a servi à Cilaos' "the compass says what served here"
# A ring ends.
sql -c "insert into catalyse.sheet_link values ($one, $three, 'inspire')" >/dev/null
get "/fiches/$(id 2)/essaimage.json"
is "$status $(jq_ '[.fiches[].id] | length')" "200 4" "a ring ends, each sheet once"
get /essaimage.json
is "$status $(jq_ '[.fiches[].id] | length == (unique | length)')" "200 true" "in the whole too"

# Editors change the questions.
login editeur@demo.example
ok $? "the éditrice signs in"
last=$(sql -c "select coalesce(max(id), 0) from private.journal")
get /administration/boussole -b "$jar"
is "$status" 200 "the questions, to be changed"
post /administration/boussole/q-but act=question 'libelle=Que cherchez-vous ?' 'aide=Dites-le simplement.'
is "$status" 303 "other words"
get /administration/boussole/q-but -b "$jar"
like "$(cat "$tmp/body")" 'Que cherchez-vous' "are read back"
post /administration/boussole/q-but act=enregistrer 'libelle=Un essai 73' 'raison=parce que c’est un essai' 'indices=fiche:essai-73-1*5' code=essai-73
is "$status" 303 "a new answer"
get '/boussole/chemin.json?but=essai-73'
is "$(jq_ '.fiches[0].ref + " " + .fiches[0].raisons[0]')" "essai-73-1 parce que c’est un essai" "leads somewhere at once, without a restart"
number=$(sql -c "select id from catalyse.compass_answer where code = 'essai-73'")
post "/administration/boussole/$number" act=enregistrer 'libelle=Un essai 73' 'raison=parce que c’est un essai' 'indices=profil:marsien*2'
is "$status" 422 "a hint that is not understood"
like "$(cat "$tmp/body")" 'profil:marsien\*2' "is named, what was typed is given back"
post "/administration/boussole/$number" act=enregistrer 'libelle=Un essai 73' 'raison=pour voir ce que cela donne' 'indices='
is "$status" 422 "a reason that is none"
form=/administration/boussole post /administration/boussole act=monter "reponse=$number"
is "$status" 303 "up by one"
post "/administration/boussole/$number" act=supprimer
is "$status" 303 "and out"
is "$(sql -c "select count(*) from private.journal where object = 'boussole' and id > $last")" 4 "each change is in the journal"
end
