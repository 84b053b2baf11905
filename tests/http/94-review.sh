#!/usr/bin/env bash
# Reading over, from the draft to the public and back: the dialogue, who may do what, appeals, a decision from the mail, an advice
# from outside, delays. Its sheets are numbered from 9400 and taken out at the end.
. "$(dirname "$0")/lib.sh"
top=$(cd "$(dirname "$0")/../.." && pwd)
q() { PGOPTIONS='-c search_path=private,catalyse,public' "$top/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -v ON_ERROR_STOP=1 "$@"; }
sum() { printf %s "$1" | sha256sum | cut -d' ' -f1; }
# account ID NAME [SECOND-FACTOR]: an account of these tests, and a session
session() { printf "relire-$1-%031d" 0; } # 43 characters, as ours have
account() {
	q -c "insert into contributor (id, name) values ($1, '$2') on conflict (id) do nothing;
		insert into account (id, email, state, confirmed_at) values ($1, 'relire$1@essai.example', 'actif', now())
		on conflict (id) do update set email = excluded.email, state = 'actif', confirmed_at = now();
		insert into session (hash, account_id, second_factor, expires_at) values ('$(sum "$(session "$1")")', $1, ${3:-false}, now() + interval '1 day')"
}
as() { cookie="session=$(session "$1")"; }
see() { get "$1" -H "Cookie: $cookie" "${@:2}"; }
# act SHEET field=value...: the form of its page, as the browser of who is signed in
act() {
	local id=$1 arg args=() t
	shift
	see "/fiches/$id/relecture"
	t=$(token)
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	see "/fiches/$id/actions" -X POST -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$t" "${args[@]}"
}
api() { # SHEET JSON: a program's way
	see "/fiches/$1/actions" -X POST -H 'Sec-Fetch-Site: same-origin' -H 'Content-Type: application/json' --data "$2"
}
# mailed ACCOUNT WORDS: the last letter to that account whose subject says them; its links in order
mailed() { q -c "select subject || E'\n' || body_text from mail_outbox where recipient = 'relire$1@essai.example' and subject like '%$2%' order by id desc limit 1"; }
link_in() { grep -o '/lien/[A-Za-z0-9_-]*' | head -n 1; }
by_link() { # PATH field=value...
	local path=$1 arg args=() t
	shift
	get /connexion
	t=$(token)
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get "$path" -X POST -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$t" "${args[@]}"
}
draft() { # ID TITLE [TERRITORY]
	q -c "insert into work (sheet_id, created_by, saved_by, content) values ($1, 9401, 9401, jsonb_build_object('type', 'exemple', 'titre', '$2', 'chapo',
		'Des voisins réparent ensemble ce qui peut l’être.', 'territoires', jsonb_build_array('${3:-commune:97410}'), 'termes', jsonb_build_array('theme:$theme'),
		'source', jsonb_build_object('libelle', 'Notre récit', 'annee', 2024), 'sections', jsonb_build_object('contexte', 'Un quartier, un samedi par mois.',
		'acteurs', 'Les voisins et la régie travaillent ensemble de longue date.')));
		insert into work_author values ($1, 9401, 'auteur')"
}
# soon WORD PATH: within five seconds, as the caches renew
soon() { for _ in 1 2 3 4 5 6 7 8 9 10; do get "$2"; grep -q "$1" "$tmp/body" && return 0; sleep 0.5; done; return 1; }
gone_soon() { for _ in 1 2 3 4 5 6 7 8 9 10; do get "$2"; grep -q "$1" "$tmp/body" || return 0; sleep 0.5; done; return 1; }
clean() {
	q >/dev/null <<-'SQL'
		update catalyse.sheet set state = 'publiee' where id between 9400 and 9499 and state = 'fusionnee';
		delete from work where sheet_id between 9400 and 9499;
		set session_replication_role = replica; -- versions are kept, but those of an essay
		delete from sheet_version where sheet_id between 9400 and 9499;
		set session_replication_role = origin;
		delete from catalyse.sheet where id between 9400 and 9499;
		delete from sheet_record where sheet_id between 9400 and 9499;
		delete from mail_outbox where account_id between 9401 and 9409 or recipient like '%@essai-relire.example';
		delete from token where sheet_id between 9400 and 9499;
		delete from account_role where account_id between 9401 and 9409;
		delete from session where account_id between 9401 and 9409;
		update account set state = 'supprime', email = null, password = null, totp = null where id between 9401 and 9409;
		delete from account_absence where account_id < 100;
	SQL
}
trap 'clean; rm -rf "$tmp"' EXIT
clean
reunion=$(q -c "select id from territory where type = 'region' and code = '04'") bretagne=$(q -c "select id from territory where type = 'region' and code = '53'")
theme=$(q -c "select code from term where scheme = 'theme' order by position limit 1")
account 9401 Autrice
account 9402 'Animatrice de l’Est' true
account 9403 'Animateur de Bretagne' true
account 9404 'Autre animatrice' true
account 9405 'Passante'
q -c "insert into account_role (account_id, role, territory_id) values (9402, 'animateur', $reunion), (9403, 'animateur', $bretagne), (9404, 'animateur', $reunion)"
# Those of the demo are not asked here: letters go to the accounts of these tests.
q -c "insert into account_absence (account_id, from_on, to_on) select id, current_date, current_date from account where id < 100"

# --- submitted, asked, answered, published
draft 9410 'Un atelier du samedi matin'
get /fiches/9410/relecture
is "$status" 303 "nobody: led to sign in"
as 9405; see /fiches/9410/relecture
is "$status" 404 "a stranger is told nothing of a draft"
as 9402; see /moderation
is "$status" 200 "the queue answers"
unlike "$(cat "$tmp/body")" 'atelier du samedi' "a draft is not in the queue"
as 9401; see /moderation
is "$status" 403 "an author has no queue"
act 9410 act=prendre
is "$status" 409 "a draft is not taken"
act 9410 act=soumettre
is "$status $(head_of Location)" "303 /fiches/9410/relecture?fait=soumettre" "submitted by a form"
letter=$(mailed 9402 'À relire')
like "$letter" 'Un atelier du samedi matin' "the animatrice of its region is written to, in the same transaction"
is "$(q -c "select count(*) from mail_outbox where account_id = 9403")" 0 "that of another region is not"
as 9402; see /moderation
like "$(cat "$tmp/body")" 'À prendre, sur votre territoire' "it is hers to take"
like "$(cat "$tmp/body")" 'première fiche de ce compte' "a first sheet is said so"
see /moderation.json
is "$(jq_ '.elements[] | select(.id == 9410) | .partie + " " + .etat + " " + (.age_jours | tostring)')" "territoire soumise 0" "the same for programs"
as 9403; see /fiches/9410/relecture
is "$status" 404 "the animateur of another region is told nothing"
api 9410 '{"act":"prendre"}'
is "$status" 404 "and takes nothing"
see '/moderation.json'
is "$(jq_ '[.elements[] | select(.id == 9410)] | length')" 0 "nor sees it in the queue"
q -c "update session set second_factor = false where account_id = 9402"
as 9402; see /fiches/9410/relecture
is "$status" 303 "without the second factor, a reviewer is led to it"
q -c "update session set second_factor = true where account_id = 9402"
act 9410 act=publier
is "$status" 409 "nothing is published before it was taken"
act 9410 act=prendre retour=/moderation
is "$status $(head_of Location)" "303 /moderation?fait=prendre" "taken, from the queue"
like "$(mailed 9401 'En relecture')" 's’occupe de votre fiche' "its author knows"
as 9404; act 9410 act=demander "motif=Autre chose"
is "$status" 403 "somebody else took it"
like "$(cat "$tmp/body")" 'Une autre personne s’occupe' "and it is said"
as 9402; act 9410 act=commenter champ=acteurs "citation=travaillent ensemble de longue date" "message=D’où le savons-nous ?"
is "$status" 303 "a comment on a field, with the words quoted"
act 9410 act=commenter champ=intrus message=x
is "$status" 422 "but not on a field there is none of"
act 9410 act=grille avis_titre=oui avis_sources=non "note_sources=Le rôle de la régie n’est pas sourcé." avis_chiffres=sans_objet
is "$status" 303 "the grid is answered"
act 9410 act=demander motif=
is "$status" 422 "changes are asked for with a reason"
like "$(cat "$tmp/body")" 'Dites pourquoi' "in a sentence"
act 9410 act=demander rev=1 'motif=Un texte que je ne veux pas perdre'
is "$status" 409 "a text that has changed since it was read is not judged"
like "$(cat "$tmp/body")" 'Un texte que je ne veux pas perdre' "and what was typed is given back"
act 9410 act=demander 'motif=Merci, la fiche est claire. Un point avant de la publier.'
is "$status" 303 "changes asked for"
letter=$(mailed 9401 'À vous de jouer')
like "$letter" 'D’où le' "the letter holds the comments"
like "$letter" 'travaillent ensemble de longue date' "and the words they are about"
as 9401; see /fiches/9410/relecture
like "$(cat "$tmp/body")" 'Une modification demandée' "the timeline counts what is asked"
like "$(cat "$tmp/body")" 'Modifier ce champ' "and leads to the field"
like "$(cat "$tmp/body")" 'À vous de jouer, avant le' "it is the author's turn"
id=$(q -c "select id from review_message where sheet_id = 9410 and kind = 'commentaire'")
act 9410 act=repondre reponse="$id" 'message=C’est dans le récit de 2024.'
is "$status" 303 "answered, under the comment"
like "$(mailed 9402 Message)" 'récit de 2024' "who asked reads it"
act 9410 act=commenter champ=titre message=x
is "$status" 403 "an author does not comment as a reviewer"
q -c "update work set content = jsonb_set(content, '{sections,acteurs}', '\"Les voisins et la régie, depuis 2021.\"'), rev = rev + 1 where sheet_id = 9410"
act 9410 act=soumettre
as 9402; see /fiches/9410/relecture
like "$(cat "$tmp/body")" 'Ce qui a changé depuis l’envoi' "the second round is compared with the first"
like "$(cat "$tmp/body")" '<ins>.*2021' "word by word"
like "$(mailed 9402 'Réponse')" 'répondu' "who asked is written to first"
api 9410 '{"act":"prendre"}'
is "$status $(jq_ .etat)" "200 en_relecture" "taken by a program"
api 9410 '{"act":"publier","motif":"Première version."}'
is "$status $(jq_ .etat_public)" "200 publiee" "published by a program"
like "$(mailed 9401 'En ligne')" 'Lire la fiche en ligne' "its author knows"
slug=/fiches/un-atelier-du-samedi-matin-9410
soon 'Un atelier du samedi matin' $slug; ok $? "public within five seconds"
soon 'atelier-du-samedi-matin-9410' '/recherche?q=atelier+du+samedi+matin'; ok $? "found by a search"
soon 'atelier-du-samedi-matin-9410' '/fiches.atom?tri=recent'; ok $? "in the feed"
soon 'atelier-du-samedi-matin-9410' /territoires/commune/97410-saint-benoit; ok $? "on the page of its commune"
api 9410 '{"act":"publier"}'
is "$status" 409 "a second time is too late"
api 9410 '{"act":"danser"}'
is "$status" 422 "an act there is none of"

# --- sent from the form of the sheet
draft 9416 'Un four partagé'
as 9401; see /fiches/9416/modifier -X POST -H 'Sec-Fetch-Site: same-origin' -H 'Content-Type: application/json' --data '{"action":"envoyer","rev":1,"type":"exemple",
	"titre":"Un four partagé","chapo":"Des voisins cuisent ensemble.","territoires":["commune:97410"],"theme":"'"$theme"'","source":{"libelle":"Notre récit"}}'
is "$status $(jq_ .etat)" "200 soumise" "sent from where it is written"
like "$(mailed 9402 'À relire : Un four')" 'vous animez ce territoire' "who reads is asked as well"

# --- refused, appealed against signed out, judged by somebody else
draft 9411 'Une fiche à discuter'
as 9401; act 9411 act=soumettre
as 9402; act 9411 act=prendre
act 9411 act=refuser raison=sans_source
is "$status" 303 "refused, with a reason of the list"
letter=$(mailed 9401 'Refusée')
like "$letter" 'Rien ne permet de vérifier' "the letter says it"
appeal=$(link_in <<<"$letter")
get "$appeal"
is "$status" 200 "the link of appeal opens signed out"
unlike "$(cat "$tmp/head")" 'Set-Cookie' "and signs nobody in"
by_link "$appeal" act=publier
is "$status" 403 "it does nothing else"
by_link "$appeal" act=contester motif=
is "$status" 422 "it wants words"
by_link "$appeal" act=contester 'motif=Le récit est public.'
is "$status" 303 "appealed against, signed out"
by_link "$appeal" act=contester 'motif=Encore.'
is "$status" 409 "once"
as 9402; act 9411 act=prendre
is "$status" 403 "who refused does not judge again"
see '/moderation.json'
is "$(q -c "select string_agg(distinct account_id::text, ',') from mail_outbox where subject like 'Nouvel examen%' and account_id between 9401 and 9409")" 9404 "somebody else is asked"
as 9404; act 9411 act=prendre
is "$status" 303 "and takes it"

# --- a decision from the mail
draft 9412 'Un jardin au pied des immeubles'
as 9401; act 9412 act=soumettre
decision=$(mailed 9402 'À relire : Un jardin' | link_in)
get "$decision"
is "$status" 200 "the link of a reviewer opens the text, signed out"
like "$(cat "$tmp/body")" 'Un quartier, un samedi par mois' "the whole text"
like "$(head_of Cache-Control)" 'private' "kept nowhere"
get "/lien/$(printf 'A%.0s' {1..43})"
is "$status" 404 "a token that is none of ours opens nothing"
by_link "$decision" act=retirer motif=x
is "$status" 403 "it does not withdraw"
by_link "$decision" act=prendre
is "$status" 303 "taken from the mail"
by_link "$decision" act=publier
is "$status" 303 "published from the mail"
is "$(q -c "select state || ' ' || (select decided_by from sheet_version where sheet_id = 9412) from sheet where id = 9412")" "publiee 9402" "in the name of who was written to"
by_link "$decision" act=prendre
is "$status" 409 "the link has done its work"
draft 9413 'Une fête de quartier'
as 9401; act 9413 act=soumettre
decision=$(mailed 9402 'À relire : Une fête' | link_in)
q -c "update token set created_at = now() - interval '4 days' where hash = '$(sum "${decision#/lien/}")'"
by_link "$decision" act=prendre
is "$status" 403 "after three days it decides no more"
like "$(cat "$tmp/body")" 'il faut maintenant vous connecter' "and says why"

# --- a day by which it is answered, and given to somebody else
draft 9417 'Une recyclerie de quartier'
as 9401; act 9417 act=soumettre
day=$(q -c "select current_date + 20")
as 9402; act 9417 act=echeance "echeance=$day"
is "$status" 409 "what nobody reads over has no day of its own"
act 9417 act=prendre
act 9417 act=echeance "echeance=$(q -c 'select current_date - 1')"
is "$status" 422 "a day that is past is no day"
act 9417 act=echeance "echeance=$(q -c 'select current_date + 121')"
is "$status" 422 "nor one in more than four months"
act 9417 act=echeance echeance=
is "$status" 422 "nor none"
as 9404; act 9417 act=echeance "echeance=$day"
is "$status" 403 "who does not hold it does not set it"
as 9401; act 9417 act=echeance "echeance=$day"
is "$status" 403 "nor does its author"
is "$(q -c "select due_on <> '$day' from work where sheet_id = 9417")" t "none of them changed it"
as 9402; act 9417 act=echeance "echeance=$day"
is "$status $(head_of Location)" "303 /fiches/9417/relecture?fait=echeance" "who holds it does"
is "$(q -c "select due_on = '$day' from work where sheet_id = 9417")" t "it is the day that is waited for"
is "$(q -c "select actor_id || ' ' || (detail->>'jour') from journal where object = 'fiche' and object_id = 9417 and action = 'fixer_delai' order by id desc limit 1")" "9402 $day" "and the journal has it"
act 9417 act=confier a=9403
is "$status" 422 "given to somebody who may not read it over: no"
like "$(cat "$tmp/body")" 'ne peut pas relire cette fiche' "in a sentence"
act 9417 act=confier a=9401
is "$status" 422 "nor to its author"
as 9404; act 9417 act=confier a=9404
is "$status" 403 "nobody takes it from who holds it"
is "$(q -c "select state || ' ' || reviewer_id from work where sheet_id = 9417")" "en_relecture 9402" "who still does"
as 9402; act 9417 act=confier a=9404
is "$status $(head_of Location)" "303 /fiches/9417/relecture?fait=confier" "given to another reviewer of its place"
is "$(q -c "select state || ' ' || reviewer_id from work where sheet_id = 9417")" "en_relecture 9404" "who holds it now"
is "$(q -c "select count(*) from mail_outbox where account_id = 9404 and subject like '%Une recyclerie de quartier%' and subject not like 'À relire :%'")" 1 "and is written to"
as 9402; act 9417 act=echeance "echeance=$day"
is "$status" 403 "who gave it no longer sets its day"

# --- an advice from outside, for one sheet
as 9402; act 9413 act=prendre
act 9413 act=inviter 'nom=Une lectrice' courriel=lectrice@essai-relire.example 'message=Que pensez-vous du titre ?'
is "$status" 303 "invited"
outside=$(q -c "select body_text from mail_outbox where recipient = 'lectrice@essai-relire.example'" | link_in)
get "$outside"
is "$status" 200 "the invited reader reads it without an account"
like "$(cat "$tmp/body")" 'Envoyer mon avis' "and may answer"
unlike "$(cat "$tmp/body")" 'Publier la fiche|Ce qui s’est passé' "but not decide, nor read the dialogue"
by_link "$outside" act=publier
is "$status" 403 "nor by force"
by_link "$outside" act=avis avis_titre=oui 'message=Rien à redire sur les faits.'
is "$status" 303 "the advice is given"
as 9402; see /fiches/9413/relecture
like "$(cat "$tmp/body")" 'Avis d’une relecture extérieure' "and in the timeline"
like "$(mailed 9402 'Un avis')" 'Rien à redire' "who asked is written to"
get "${outside}x"
is "$status" 404 "another token, nothing"
act 9413 act=refuser 'motif=Une autre fiche le dit.'
get "$outside"
is "$status" 410 "the reading over, the link is"

unlike "$(cat "$VAR"/nginx/nginx-acces.log "$VAR"/log/catalysed-*.log)" "${outside#/lien/}|${decision#/lien/}|${appeal#/lien/}" "no token is in a log"
like "$(grep -c '"path":"/lien/-"' "$VAR/nginx/nginx-acces.log")" '[1-9]' "their addresses are, without it"

# --- withdrawn, appealed against, restored; merged
as 9402; act 9410 act=retirer raison=
is "$status" 422 "withdrawn for a reason only"
act 9410 act=retirer raison=personne
is "$status" 303 "withdrawn"
for _ in 1 2 3 4 5 6 7 8 9 10; do get $slug; [ "$status" = 410 ] && break; sleep 0.5; done
is "$status" 410 "gone within five seconds"
like "$(cat "$tmp/body")" 'parce qu’elle nommait une personne sans son accord' "with its reason"
get '/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier='"$(get '/oai?verb=ListIdentifiers&metadataPrefix=oai_dc'; grep -o '<identifier>[^<]*' "$tmp/body" | head -n 1 | sed 's/<identifier>//; s/[0-9]*$/9410/')"
like "$(cat "$tmp/body")" 'status="deleted"' "harvesters are told"
gone_soon 'samedi-matin-9410</id>' '/fiches.atom?tri=recent'; ok $? "out of the feed, but for the word of its withdrawal"
letter=$(mailed 9401 'Retirée')
appeal=$(link_in <<<"$letter")
is "$(q -c "select k.class from mail_outbox m join mail_kind k using (kind) where m.subject like 'Retirée : Un atelier%' limit 1")" service "a withdrawal is always told"
by_link "$appeal" act=contester 'motif=Cette personne est d’accord.'
is "$status" 303 "appealed against, signed out"
as 9404; see /moderation
like "$(cat "$tmp/body")" 'Retraits contestés' "the appeal is in the queue of somebody else"
as 9402; act 9410 act=maintenir raison=motif
is "$status" 403 "who withdrew does not judge it"
as 9404; act 9410 act=retablir raison=erreur
is "$status" 303 "restored by somebody else"
for _ in 1 2 3 4 5 6 7 8 9 10; do get $slug; [ "$status" = 200 ] && break; sleep 0.5; done
is "$status" 200 "and public again"
as 9402; act 9410 act=fusionner raison=doublon 'cible=aucune'
is "$status" 422 "merged into a sheet there is"
act 9410 act=fusionner raison=doublon 'cible=E 9412'
is "$status" 303 "merged"
for _ in 1 2 3 4 5 6 7 8 9 10; do get $slug; [ "$status" = 301 ] && break; sleep 0.5; done
is "$status $(head_of Location)" "301 /fiches/un-jardin-au-pied-des-immeubles-9412" "its address leads to the other"

# --- away
absent() { local t arg args=(); see /moderation; t=$(token); for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	see /moderation -X POST -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$t" "${args[@]}"; }
as 9402; absent du=2026-12-24
is "$status" 422 "an absence has two days"
absent du="$(date +%F)" au="$(date -d '+2 days' +%F)"
is "$status $(head_of Location)" "303 /moderation?fait=absence" "away, told in the queue"
is "$(q -c "select string_agg(account_id::text, ',') from review_route(9411)")" 9404 "nobody away is asked"
absent
is "$status $(q -c "select count(*) from account_absence where account_id = 9402")" "303 0" "and back"

# --- what is missing, what the schema refuses, forged requests, delays
draft 9415 'Une fiche sans source'
q -c "update work set content = content - 'source' where sheet_id = 9415"
as 9401; act 9415 act=soumettre
is "$status" 422 "what is not whole is not sent"
is "$(q -c "select state from work where sheet_id = 9415")" brouillon "and stays a draft"
draft 9414 'Une fiche sans résumé'
as 9401; act 9414 act=soumettre
q -c "set session_replication_role = replica; update work set content = content - 'chapo' where sheet_id = 9414"
as 9402; act 9414 act=prendre
act 9414 act=publier
is "$status" 422 "a text that a rule refuses is not published"
like "$(cat "$tmp/body")" '[Rr]ésumé' "and the rule is said"
is "$(q -c "select state from work where sheet_id = 9414")" en_relecture "nothing has changed"
see /fiches/9414/actions -X POST -H 'Sec-Fetch-Site: cross-site' --data 'act=publier'
is "$status" 403 "not from another site"
see /fiches/9414/actions -X POST -H 'Sec-Fetch-Site: same-origin' --data 'act=rendre'
is "$status" 403 "not without the token of the form"
get /delais
is "$status" 200 "the delays are public"
get /delais.csv
like "$(head -n 1 "$tmp/body")" '^type;code;nom;envois' "for spreadsheets"
get /delais.json
is "$(jq_ '.minimum')" 5 "for programs, nothing under five"
q -c "delete from account_absence where account_id < 100"
is "$(q -c 'select journal_broken() is null')" t "the journal is whole"
end
