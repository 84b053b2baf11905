#!/usr/bin/env bash
# A sheet once it is public: corrections by visitors and their answers, problems reported.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "$1"; }
# The address of the last link in the last mail to somebody whose subject looks so: mailed TO SUBJECT WHICH
mailed() { sql "select body_text from private.mail_outbox where recipient = '$1' and subject like '$2%' order by id desc limit 1" | grep -o 'http://[^ ]*' | sed -n "${3:-1}p" | sed "s,^http://[^/]*,,"; }
mails() { sql "select count(*) from private.mail_outbox where recipient = '$1' and subject like '$2%'"; }
work() { sql "begin; set local search_path to private, catalyse, public; $1; commit"; }
made=$(sql "with s as (insert into catalyse.sheet (ref, type, slug, title, summary, state, origin, sections) values ('essai-suivre-$$', 'exemple',
	'essai-suivre', 'Essai de suite', 'Un résumé à corriger.', 'publiee', 'ours', '{\"contexte\": \"Un terrain communal.\"}') returning id), t as (insert into
	catalyse.sheet_territory select s.id, t.id from s, catalyse.territory t where t.type = 'region' and t.code = '04') select id from s")
f=/fiches/$made
trap 'sql "update catalyse.sheet set state = '"'retiree'"', withdrawn_reason = '"'essai terminé'"' where id = $made; delete from private.work_author where sheet_id = $made" >/dev/null; rm -rf "$tmp"' EXIT
sql "delete from private.attempt; delete from private.mail_outbox where subject like '%Essai de suite%'" # those of the tests before

get "$f/suggerer"
is "$status" 200 "anybody may propose a correction"
like "$(head_of Cache-Control)" '^private' "and no cache keeps that page"
like "$(cat "$tmp/body")" "suggerer\?champ=contexte\">Le contexte<" "to each part of the sheet"
get "$f/suggerer?champ=resume"
like "$(cat "$tmp/body")" 'Un résumé à corriger' "the text is there, to be changed"
is "$(curl -s -o "$tmp/x" -w '%{http_code}' "$BASE/fiches/99999999/suggerer")" 404 "not of a sheet that there is not"

# submit FIELD VALUE...: the form of the summary, after the time a person takes.
field=resume
fill() {
	get "$f/suggerer?champ=$field" ${jar:+-b "$jar"}
	cp "$tmp/body" "$tmp/form"
	sleep "${1:-2.1}"
}
hidden() { grep -o "name=\"$1\" value=\"[^\"]*\"" "$tmp/form" | head -n 1 | sed 's/.*value="//; s/"$//'; }
send() { # PATH field=value...
	local path=$1 arg args=()
	shift
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get "$path" -X POST ${jar:+-b "$jar"} -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token "$tmp/form")" "${args[@]}"
}
propose() { send "$f/suggerer" "champ=$(hidden champ)" "lu=$(hidden lu)" "version=$(hidden version)" "cle=$(hidden cle)" "$@"; }
fill 0
propose 'texte=Un résumé corrigé.' 'courriel=visiteur@ailleurs.example'
is "$status" 422 "a form filled in no time is refused"
like "$(cat "$tmp/body")" 'Un résumé corrigé\.' "and gives the text back"
fill
propose 'texte=Un résumé corrigé.' 'courriel=visiteur@ailleurs.example' 'site_web=http://achetez.example'
is "$status" 422 "a field that nobody sees, filled, is refused"
like "$(cat "$tmp/body")" 'Un résumé corrigé\.' "and gives the text back too"
is "$(sql "select count(*) from private.suggestion where sheet_id = $made")" 0 "nothing is kept"
propose 'texte=Un résumé à corriger.' 'courriel=visiteur@ailleurs.example'
is "$status" 422 "a text that changes nothing is none"
propose 'texte=Un résumé corrigé.'
is "$status" 422 "a visitor gives an address"
like "$(cat "$tmp/body")" 'href="#f-courriel"' "the fault leads to its field"
propose 'texte=Un résumé corrigé.' 'courriel=pas une adresse'
is "$status" 400 "a real one"
propose "texte=$(printf 'x%.0s' {1..301})" 'courriel=visiteur@ailleurs.example'
is "$status" 422 "a summary has its length"
propose 'texte=Un résumé corrigé.' 'pourquoi=Je l’ai lu.' 'nom=Jo, du marché' 'courriel=Visiteur@ailleurs.example'
is "$status" 303 "a correction is taken"
like "$(head_of Location)" 'fait=courriel' "and waits for its confirmation"
is "$(sql "select count(*) from private.suggestion where sheet_id = $made")" 0 "it is not sent yet"
link=$(mailed visiteur@ailleurs.example 'Votre correction, à confirmer')
like "$link" "^$f/suggerer/confirmer\?lien=" "a link is mailed"
get "$link"
is "$status" 200 "the link opens"
like "$(cat "$tmp/body")" '<ins>' "on what changes"
is "$(sql "select count(*) from private.suggestion where sheet_id = $made")" 0 "looking sends nothing"
cp "$tmp/body" "$tmp/form"
send "$f/suggerer/confirmer" "lien=${link#*lien=}" choix=envoyer
is "$status" 303 "its button sends"
is "$(sql "select state || field || before || after || credit || email from private.suggestion where sheet_id = $made")" \
	"recuechapoUn résumé à corriger.Un résumé corrigé.Jo, du marchévisiteur@ailleurs.example" "what was proposed is kept"
send "$f/suggerer/confirmer" "lien=${link#*lien=}" choix=envoyer
is "$status" 404 "once"
get "$link"
is "$status" 410 "the link says it has served"
get "$f.json"
unlike "$(cat "$tmp/body")" 'visiteur@ailleurs|Jo, du marché' "nothing of it is public"

# Nobody holds the sheet: the animateur of its territory is asked, and answers from the mail.
n=$(sql "select max(id) from private.suggestion where sheet_id = $made")
accept=$(mailed animateur@demo.example 'Une correction proposée : Essai de suite' 1)
like "$accept" "^$f/suggestions/$n\?lien=.*choix=accepter" "the animateur of the territory has it, with a link that accepts"
like "$(sql "select body_text from private.mail_outbox where recipient = 'animateur@demo.example' order by id desc limit 1" | tr '\n' ' ')" \
	'\[retiré[^a-z]*à corriger\] \[ajouté[^a-z]*corrigé\]' "and what changes"
is "$(mails editeur@demo.example 'Une correction proposée : Essai de suite')" 0 "not the others"
get "$f/suggestions/$n"
is "$status" 303 "without a link, one signs in"
get "$f/suggestions/$n?lien=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
is "$status" 404 "a link that was not handed out opens nothing"
get "$accept"
is "$status" 200 "the link opens without a password"
like "$(cat "$tmp/body")" 'Jo, du marché' "says who"
is "$(sql "select summary from catalyse.sheet where id = $made")" 'Un résumé à corriger.' "and changes nothing"
cp "$tmp/body" "$tmp/form"
lien=$(hidden lien)
send "$f/suggestions/$n" "lien=$lien" "vu=$(hidden vu)" choix=accepter 'motif=Merci, c’est juste.'
is "$status" 303 "its button accepts"
like "$(head_of Location)" 'fait=publiee' "and publishes"
is "$(sql "select s.version || s.summary || v.note || c.name from catalyse.sheet s join catalyse.sheet_version v on v.sheet_id = s.id and v.number = s.version
	join catalyse.contributor c on c.id = v.author_id where s.id = $made")" '2Un résumé corrigé.Merci, c’est juste.Jo, du marché' "the next version, credited"
sleep 5
get "$f/v1..v2"
like "$(cat "$tmp/body")" 'Jo, du marché' "which readers see, with what differs"
like "$(mailed visiteur@ailleurs.example 'Votre correction : Essai de suite')" '^/fiches/' "who proposed it is told"
get "$accept"
like "$(cat "$tmp/body")" 'acceptée' "the link now says what was answered"
send "$f/suggestions/$n" "lien=$lien" choix=refuser
is "$status" 409 "and decides nothing more"
jar=
form="$f/suggestions/$n" get "$f/suggestions/$n?lien=$lien" # another number under the same link
get "$f/suggestions/$((n + 1))?lien=$lien"
is "$status" 404 "a link is for one correction"

# The text changed since: both are shown.
sql "insert into private.suggestion (sheet_id, version, field, before, after, email) values ($made, 1, 'chapo', 'Un résumé à corriger.', 'Un tout autre résumé.', 'visiteur@ailleurs.example')"
n=$(sql "select max(id) from private.suggestion where sheet_id = $made")
login animateur@demo.example
ok $? "an animateur signs in"
get "$f/suggestions/$n" -b "$jar"
is "$status" 200 "and reads a correction"
like "$(cat "$tmp/body")" 'a changé depuis' "a page says that the text changed since"
like "$(cat "$tmp/body")" 'Un résumé corrigé\.' "shows that of today"
cp "$tmp/body" "$tmp/form"
send "$f/suggestions/$n" choix=accepter
is "$status" 409 "accepting without having seen it is refused"
cp "$tmp/body" "$tmp/form"
sql "update catalyse.sheet set summary = 'Encore un autre résumé.' where id = $made"
send "$f/suggestions/$n" "vu=$(hidden vu)" choix=accepter
is "$status" 409 "so is having seen an older one"
like "$(cat "$tmp/body")" 'Encore un autre résumé\.' "that of today is shown"
cp "$tmp/body" "$tmp/form"
send "$f/suggestions/$n" "vu=$(hidden vu)" choix=refuser 'motif=Le texte a changé.'
is "$status" 303 "it is declined, with a word"
like "$(sql "select body_text from private.mail_outbox where recipient = 'visiteur@ailleurs.example' order by id desc limit 1" | tr '\n' ' ')" 'Le texte a changé\.' "which is sent"
get "$f/suggestions" -b "$jar"
is "$status" 200 "all of them have a page"
like "$(cat "$tmp/body")" 'non retenue' "with their answers"
get "$f/suggestions.json" -b "$jar"
is "$(jq_ '[.suggestions[].etat] | sort | join(" ")')" 'acceptee refusee' "as data too"
unlike "$(cat "$tmp/body")" 'visiteur@ailleurs' "without an address"
get "$f/signalements" -b "$jar"
is "$status" 200 "and problems theirs"

# An author's yes goes to review.
jar=
author=$(sql "select id from private.account where email = 'contributeur@demo.example'")
work "select work_open($made); insert into work_author values ($made, $author, 'auteur')" >/dev/null
login contributeur@demo.example
field=contexte
fill 0
propose 'texte=Un terrain prêté par la commune.'
is "$status" 303 "somebody who is signed in sends at once"
n=$(sql "select max(id) from private.suggestion where sheet_id = $made")
is "$(sql "select author_id = $author from private.suggestion where id = $n")" t "in their name"
get "$f/suggestions" -b "$jar"
is "$status" 200 "an author reads what is proposed"
get "$f/signalements" -b "$jar"
is "$status" 403 "but not what is reported"
fill 0
propose 'texte=Un terrain prêté par la commune.'
like "$(head_of Location)" 'fait=connue' "the same correction waits once"
get "$f/suggestions/$n" -b "$jar"
cp "$tmp/body" "$tmp/form"
send "$f/suggestions/$n" "vu=$(hidden vu)" choix=accepter
like "$(head_of Location)" 'fait=relecture' "an author's yes goes to review"
is "$(sql "select state || (content->'sections'->>'contexte') from private.work where sheet_id = $made")" 'soumiseUn terrain prêté par la commune.' "in the text being written"
is "$(mails animateur@demo.example 'À relire : Essai de suite')" 1 "and who reviews is told"
jar=

# Reports.
get "$f/signaler"
is "$status" 200 "anybody may report a problem"
cp "$tmp/body" "$tmp/form"
sleep 2.1
send "$f/signaler" motif=personne
is "$status" 422 "in words"
send "$f/signaler" 'texte=On m’y nomme.'
is "$status" 422 "with a reason"
like "$(cat "$tmp/body")" 'On m’y nomme\.' "the text is never lost"
unlike "$(grep canonical "$tmp/body")" 'nomme' "nor put into an address"
send "$f/signaler" motif=personne 'texte=On m’y nomme.' 'courriel=nommee@ailleurs.example'
is "$status" 303 "sent"
n=$(sql "select max(id) from private.report where sheet_id = $made")
link=$(mailed animateur@demo.example 'Un problème signalé : Essai de suite')
like "$link" "^$f/signalements/$n\?lien=" "who reviews has it"
is "$(mails contributeur@demo.example 'Un problème signalé')" 0 "its author has not"
get "$link"
is "$status" 200 "and opens it from the mail"
cp "$tmp/body" "$tmp/form"
send "$f/signalements/$n" "lien=${link#*lien=}" choix=traiter
is "$status" 422 "an answer is in words"
send "$f/signalements/$n" "lien=${link#*lien=}" choix=traiter 'reponse=Votre nom n’y est plus.'
is "$status" 303 "answered"
like "$(sql "select body_text from private.mail_outbox where recipient = 'nommee@ailleurs.example' order by id desc limit 1" | tr '\n' ' ')" 'Votre nom n’y est plus\.' "the answer is mailed"
send "$f/signalements/$n" "lien=${link#*lien=}" choix=classer 'reponse=Encore.'
is "$status" 409 "once"
is "$(sql "select count(*) from private.journal where object in ('suggestion', 'signalement') and detail->>'fiche' = '$made' and (detail::text ~ 'visiteur|nommee|résumé' )")" 0 "the journal names nobody"

# Too many from one place.
jar=
get "$f/signaler"
cp "$tmp/body" "$tmp/form"
sleep 2.1
again() {
	get "$f/signaler" -X POST -H 'X-Forwarded-For: 198.51.100.7' -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token "$tmp/form")" \
		--data-urlencode motif=autre --data-urlencode "texte=Message $i."
}
for i in $(seq 21); do
	again
	for try in 1 2 3 4; do # nginx has its own measure
		[ "$status" = 429 ] && grep -q erreur.css "$tmp/body" || break
		sleep 2
		again
	done
	[ "$status" = 303 ] || break
done
is "$status $i" "429 21" "twenty an hour from one place, then one waits"
like "$(cat "$tmp/body")" 'Message 21\.' "with the text"
sql "delete from private.report where sheet_id = $made and author_id is null; delete from private.attempt" >/dev/null
end
