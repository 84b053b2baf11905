#!/usr/bin/env bash
# A catalyst is written to by the site: neither side's address is in a page, a header or a body of mail, or a log, until one gives its own.
# Nothing leaves before the sender's own mailbox answered; limits, refusal, honest absence, forgetting, counts of five and more.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
clean() {
	sql "delete from introduction where catalyst_id in (select id from catalyst where ref = 'essai-77'); delete from catalyst where ref = 'essai-77' or name = 'Essai 77 bis';
		delete from structure where ref = 'essai-77'; delete from token where purpose in ('contact_envoi', 'echange'); delete from attempt where kind ~ 'contact|echange';
		delete from mail_outbox where recipient in ('$hers', '$his') or kind in ('contact', 'contact_reponse', 'reseau'); delete from account where email = '$hers'" >/dev/null
}
hers=tiers.lieu77@secret.example his=demandeur77@ailleurs.example # the two addresses
clean
trap 'clean; rm -rf "$tmp"' EXIT
pages=$tmp/pages
mkdir "$pages"
grep -l -i -E "^X-RcptTo: ($hers|$his)" "$VAR"/mail/new/* "$VAR"/mail/cur/* 2>/dev/null | xargs -r rm -f
page() { cat "$tmp/body" "$tmp/head" >"$pages/$((++npages))"; }
npages=0
fill() { # PATH [SECONDS]: a form; that of visitors is read as long as a person does
	get "$1"
	page
	cp "$tmp/body" "$tmp/form"
	sleep "${2:-0}"
}
send() { # PATH field=value...
	local path=$1 arg args=()
	shift
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get "$path" -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token "$tmp/form")" "${args[@]}"
	page
}
# await ADDRESS REGEX: the mail sent there that says so, decoded, in $tmp/letter
await() {
	local n file
	: >"$tmp/letter"
	for ((n = 0; n < 300; n++)); do
		for file in $(grep -l -i "^X-RcptTo: $1" "$VAR"/mail/new/* "$VAR"/mail/cur/* 2>/dev/null); do
			perl -MMIME::QuotedPrint -0777 -ne 'print decode_qp($_)' "$file" >"$tmp/one"
			! grep -Eq -- "$2" "$tmp/one" || { mv "$tmp/one" "$tmp/letter"; return 0; }
		done
		sleep 0.2
	done
}
lien() { grep -o "http[^ \"]*$1?lien=[A-Za-z0-9_-]*" "$tmp/letter" | head -n 1 | sed "s,^$BASE,,; s,^http://[^/]*,,"; }

# One that nobody answers for: said, and no form.
get /catalyseurs/1/contacter
is "$status" 200 "the page of a message is there for each catalyst"
like "$(cat "$tmp/body")" 'personne ne répond encore de ce catalyseur' "nobody is known for this one, and it says so"
unlike "$(cat "$tmp/body")" '<textarea|name="courriel"' "without a form that leads nowhere"
get /catalyseurs/999999/contacter
is "$status" 404 "there is none of that number"

# One of a structure with a member.
echo "quatre chevaux gris 77" >"$tmp/password"
"$top_builddir/catalyse" account create $hers --name "Tina Voisine" --password-file "$tmp/password" --config "$VAR/catalyse.conf" >/dev/null 2>&1
ok $? "somebody"
her=$(sql "select id from account where email = '$hers'")
c=$(sql "with s as (insert into structure (ref, name, kind, origin, source_label) values ('essai-77', 'La Ruche d’essai', 'association', 'source', 'Un essai') returning id),
	m as (insert into structure_member (structure_id, account_id, role, state) select id, $her, 'responsable', 'active' from s)
	insert into catalyst (ref, slug, name, kind, structure_id, territory_id, seat_precision, origin, source_label)
	select 'essai-77', 'essai-77', 'Ruche d’essai', 'membre', s.id, t.id, 'commune', 'source', 'Un essai' from s, territory t where t.type = 'commune' and t.code = '97410' returning id")
sql "insert into catalyst_term select $c, id from term where (scheme, code) in (('pratique', 'dialogue-territorial'), ('activite', 'mise-en-relations'));
	insert into catalyst_area select $c, id from territory where type = 'departement' and code = '974'" >/dev/null
f=/catalyseurs/$c/contacter
get /catalyseurs/essai-77-$c
page
like "$(cat "$tmp/body")" "href=\"$f\">Lui écrire" "its page leads to the form"
like "$(tr -d '\n' <"$tmp/body")" '<section class="pratique exercee"><h3>Dialogue territorial' "its practice is lit"
like "$(cat "$tmp/body")" '<li class="exercee"><span class="hors-vue">Exercée.: </span>Mise en relations' "its activity too"
is "$(grep -o '<li class="exercee">' "$tmp/body" | wc -l) $(grep -o '<li class="eteinte">' "$tmp/body" | wc -l)" "1 15" "the fifteen others are not"
like "$(cat "$tmp/body")" 'id="aire-t"' "what it covers is drawn"
like "$(tr -d '\n' <"$tmp/body")" '<h2 id="ensemble">Qui tient quoi, à La Réunion.*Dialogue territorial</dt><dd><ul><li><strong>Ruche d’essai' "it stands among those of its territory"
like "$(cat "$tmp/body")" 'Personne de connu ici' "and what nobody holds there is said"
like "$(cat "$tmp/body")" '<h2 id="autres">Catalyseurs voisins' "its neighbours"
get "/catalyseurs/essai-77-$c.json"
page
is "$(jq_ .contact) $(jq_ .contacter)" "oui $BASE$f" "programs are told too"
get "/territoires/departement/974-la-reunion?critere=ile"
like "$(tr -d '\n' <"$tmp/body")" 'Qui tient quoi, à La Réunion.*Ruche d’essai' "the territory shows the set"

# The form.
fill "$f"
like "$(head_of Cache-Control)" '^private' "no cache keeps the form"
send "$f" nom=Jo "courriel=$his" objet=Essai message=Bonjour
is "$status" 422 "a form filled in no time is refused"
like "$(cat "$tmp/body")" 'Bonjour</textarea>' "and gives the text back"
send /catalyseurs/1/contacter nom=Jo "courriel=$his" objet=Essai message=Bonjour
is "$status" 409 "where nobody is known, what is sent all the same is refused"
fill "$f" 2.1
send "$f" nom=Jo "courriel=$his" objet=Essai message=Bonjour site_web=http://achetez.example
is "$status" 422 "a field that nobody sees, filled, is refused"
send "$f" nom=Jo objet=Essai 'message=Bonjour, je cherche'
is "$status" 422 "an address is wanted"
like "$(cat "$tmp/body")" 'href="#f-courriel"' "the fault leads to its field"
send "$f" nom=Jo "courriel=$his" objet=Essai message=Bonjour 'lieu=nulle part du tout'
is "$status" 422 "a place that there is not is said"
send "$f" 'nom=Jo du marché' "courriel=$his" 'objet=Un tiers-lieu' 'message=Bonjour, nous cherchons un tiers-lieu.' 'lieu=Lyon (69)' besoin=emploi-insertion
is "$status $(head_of Location)" "303 $f?fait=courriel" "taken, and to be confirmed"
is "$(sql "select count(*) from introduction where catalyst_id = $c") $(sql "select count(*) from mail_outbox where recipient = '$hers'")" "0 0" "nothing has left"
await $his 'contacter/confirmer'
link=$(lien "$f/confirmer")
like "$link" "^$f/confirmer\?lien=[A-Za-z0-9_-]{43}$" "a link came to the sender"
cp "$tmp/letter" "$pages/mail-confirm"
fill "$link"
is "$status" 200 "the link shows the message"
like "$(cat "$tmp/body")" 'nous cherchons un tiers-lieu' "as it was written"
is "$(sql "select count(*) from introduction where catalyst_id = $c")" 0 "looking sends nothing"
send "$f/confirmer" "lien=${link#*lien=}" choix=envoyer
is "$status $(head_of Location)" "303 $f?fait=parti" "its button sends"
send "$f/confirmer" "lien=${link#*lien=}" choix=envoyer
is "$status" 410 "once"
n=$(sql "select id from introduction where catalyst_id = $c")
is "$(sql "select t.code from introduction i join territory t on t.id = i.region_id where i.id = $n")" 84 "counted where the sender is"

# What came to her, and the receipt.
await $hers 'nous cherchons un tiers-lieu'
cp "$tmp/letter" "$tmp/to-her"
like "$(cat "$tmp/letter")" 'nous cherchons un tiers-lieu' "the words came to whoever answers for it"
like "$(cat "$tmp/letter")" 'Territoire.: Lyon' "with the territory"
unlike "$(cat "$tmp/letter")" "$his" "without the sender's address, headers included"
answer=$(lien "/catalyseurs/$c/echange")
like "$answer" "^/catalyseurs/$c/echange\?lien=" "with a link to answer by"
await $his 'est transmis\. Le voici'
like "$(cat "$tmp/letter")" 'est transmis' "a receipt came to the sender"
unlike "$(cat "$tmp/letter")" "$hers|Tina" "without hers, headers included"
read=$(lien "/catalyseurs/$c/echange")

# She answers by the page.
fill "$answer"
like "$(cat "$tmp/body")" 'Jo du marché' "she reads who asks"
send "/catalyseurs/$c/echange" "lien=${answer#*lien=}" choix=repondre message=
is "$status" 422 "an answer has words"
send "/catalyseurs/$c/echange" "lien=${answer#*lien=}" choix=repondre 'message=Venez jeudi.'
is "$status" 303 "answered"
await $his 'Venez jeudi'
like "$(cat "$tmp/letter")" 'Ruche d’essai.*vous répond' "the answer is mailed with her words"
unlike "$(cat "$tmp/letter")" "$hers|Tina" "without her address or name, headers included"
fill "$read"
like "$(cat "$tmp/body")" 'Venez jeudi' "and read by the sender's own link"
is "$(sql "select answered_on = current_date from introduction where id = $n")" t "an answer is counted"

# Neither address is anywhere: pages and their headers, logs of nginx and of the application, mail to the other, the journal.
for a in $hers $his; do
	is "$(grep -l -r -i -F "$a" "$pages" | grep -v mail- | grep -c -v -x -F -f <(cd "$pages" && grep -l -F "value=\"$a\"" [0-9]* | sed "s,^,$pages/,") || true)" 0 \
		"no page or header shows $a but a form given back to whoever typed it"
	is "$(grep -r -l -i -F "$a" "$VAR"/log "$VAR"/nginx/nginx-acces.log 2>/dev/null | head -n 3)" "" "no log holds $a"
	is "$(sql "select count(*) from journal where detail::text || reason like '%$a%'")" 0 "nor the journal"
done
is "$(cat "$VAR"/log/*.log "$VAR/nginx/nginx-acces.log" | grep -c contacter | grep -c "^0$")" 0 "there are logs to look into"
for file in "$VAR"/mail/new/* "$VAR"/mail/cur/*; do
	[ -f "$file" ] || continue
	perl -MMIME::QuotedPrint -0777 -ne 'print decode_qp($_)' "$file" >"$tmp/one"
	if grep -q -i "^X-RcptTo: $his" "$tmp/one"; then grep -i -F "$hers" "$tmp/one"; fi
	if grep -q -i "^X-RcptTo: $hers" "$tmp/one"; then grep -i -F "$his" "$tmp/one"; fi
done >"$tmp/leaks"
is "$(cat "$tmp/leaks")" "" "no mail to one has the other's address, in a header or in its text"

# One gives its own address, on purpose.
before=$(sql "select count(*) from mail_outbox where recipient = '$hers'")
cp "$tmp/body" "$tmp/form"
send "/catalyseurs/$c/echange" "lien=${read#*lien=}" choix=repondre 'message=Avec plaisir.' adresse=oui
is "$status" 303 "the sender gives an address"
like "$(sql "select body_text from mail_outbox where recipient = '$hers' order by id desc limit 1")" "Mon adresse.: $his" "it is passed on, since they chose to"
is "$(sql "select count(*) from mail_outbox where recipient = '$hers'")" $((before + 1)) "to her"

# Over.
fill "$answer"
send "/catalyseurs/$c/echange" "lien=${answer#*lien=}" choix=clore
is "$status" 303 "she ends it"
fill "$read"
like "$(cat "$tmp/body")" 'L’échange est clos' "the sender is told"
unlike "$(cat "$tmp/body")" '<textarea' "and writes no more"
sql "update introduction set closed_at = now() - interval '31 days' where id = $n" >/dev/null
CATALYSE_BASE_URL=$BASE "$top_builddir/catalyse" freshness --json --config "$VAR/catalyse.conf" >"$tmp/freshness" 2>/dev/null
is "$(jq -r .echanges_oublies "$tmp/freshness")" 1 "a month later what was said goes"
is "$(sql "select name || coalesce(email, '-') || subject || (select count(*) from introduction_message where introduction_id = $n) from introduction where id = $n")" "-0" "all of it"
get "$read"
is "$status" 410 "and the link says so"

# A link is nobody else's.
get "/catalyseurs/1/echange?lien=${answer#*lien=}"
is "$status" 404 "it opens nothing of another catalyst"
get "/catalyseurs/$c/echange?lien=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
is "$status" 404 "one that was not handed out opens nothing"

# Limits, and a refusal while a message is on its way.
fill "$f" 2.1
for i in 1 2 3 4 5 6; do
	send "$f" nom=Jo "courriel=$his" "objet=Essai $i" message=Bonjour
	links[i]=$(sql "select substring(body_text from 'confirmer[?]lien=[A-Za-z0-9_-]+') from mail_outbox where recipient = '$his' and kind = 'lien' order by id desc limit 1")
done
for i in 1 2 3 4; do
	send "$f/confirmer" "lien=${links[i]#*lien=}" choix=envoyer
done
is "$status" 303 "five in a day are passed on"
send "$f/confirmer" "lien=${links[5]#*lien=}" choix=envoyer
is "$status" 429 "a sixth waits"
like "$(head_of Retry-After)" '^[0-9]+$' "and knows how long"
like "$(cat "$tmp/body")" 'Celui-ci est gardé' "its text is kept by the link"
is "$(sql "select count(*) from introduction where catalyst_id = $c")" 5 "it is not counted as one"
sql "insert into catalyst_contact (catalyst_id, relay) values ($c, false); delete from attempt where kind = 'contact_envoi'" >/dev/null
send "$f/confirmer" "lien=${links[6]#*lien=}" choix=envoyer
is "$status" 503 "who wants no more messages gets none"
is "$(sql "select count(*) from introduction where catalyst_id = $c")" 5 "and nothing of it is kept"
get "$f"
like "$(cat "$tmp/body")" 'ne souhaite pas recevoir de messages' "the page says so"
unlike "$(cat "$tmp/body")" '<textarea' "and has no form"

# Counts: five and more.
is "$(sql "select string_agg(part || n, ' ' order by part) from introduction_count where part = 'total'")" total5 "five are counted"
sql "delete from introduction where id = (select max(id) from introduction)" >/dev/null
is "$(sql "select count(*) from introduction_count")" 0 "four are not told"

# By its structure: its first change is read over by who animates the territory, the next is seen at once; nothing is lost when two write.
sql "delete from catalyst_contact where catalyst_id = $c" >/dev/null
m=/catalyseurs/$c/modifier
get "$m"
is "$status" 303 "nobody changes it without an account"
get "/catalyseurs/$c/historique"
like "$(cat "$tmp/body")" 'Rien encore' "nothing was changed yet"
password="quatre chevaux gris 77" login $hers "$tmp/hers"
her_jar=$tmp/hers
get "$m" -b "$her_jar"
like "$(cat "$tmp/body")" 'name="rev" value="1"' "a member has the form"
fields=(act=modifier 'resume=Nous relions.' pratiques=accompagnements activites=mise-en-relations siege=commune:97410 'couvre=departement:974' annuaire=oui)
jar=$her_jar post "$m" rev=1 act=modifier 'resume=Nous relions.' siege=commune:97410 'couvre=Nulle part du tout'
is "$status" 422 "what is wrong is refused"
like "$(cat "$tmp/body")" 'href="#f-pratiques".*href="#f-couvre"|href="#f-couvre"' "field by field"
like "$(cat "$tmp/body")" 'Nous relions\.</textarea>' "and what was typed is there"
jar=$her_jar post "$m" rev=1 "${fields[@]}" site=https://ruche.example/
is "$status $(head_of Location)" "303 $m?fait=attente" "the first change waits"
is "$(sql "select summary || rev from catalyst where id = $c")" 1 "and is not seen"
n=$(sql "select max(id) from network_request where catalyst_id = $c")
is "$(sql "select string_agg(a.email, ' ') from mail_outbox o join account a on a.id = o.account_id where o.kind = 'reseau' and a.email like 'animateur%'")" animateur@demo.example \
	"who animates the territory is told"
get "/administration/reseau/$n" -b "$her_jar"
is "$status" 403 "who sent it does not answer"
login animateur@demo.example
staff=$jar
get /administration/reseau -b "$staff"
like "$(cat "$tmp/body")" "/administration/reseau/$n\">Ruche" "it awaits them"
get "/administration/reseau/$n" -b "$staff"
like "$(cat "$tmp/body")" 'Nous relions\.' "with what changes"
jar=$staff post "/administration/reseau/$n" act=refuser
is "$status" 422 "a refusal says why"
jar=$staff post "/administration/reseau/$n" act=accepter
is "$status" 303 "accepted"
is "$(sql "select count(*) from mail_outbox where recipient = '$hers' and kind = 'adhesion' and subject like '%acceptée%'")" 1 "and told"
is "$(sql "select summary || rev from catalyst where id = $c")" "Nous relions.2" "seen now"
is "$(sql "select string_agg(t.code, ' ' order by t.scheme, t.code) from catalyst_term x join term t on t.id = x.term_id where x.catalyst_id = $c")" \
	"mise-en-relations accompagnements dialogue-territorial" "an activity has its practice with it"
jar=$her_jar post "$m" rev=1 "${fields[@]/resume=*/resume=Autre chose.}"
is "$status" 409 "who read an older one is told"
like "$(cat "$tmp/body")" 'Autre chose\.' "and loses nothing"
most=$(for n in $(seq 61); do echo departement:974; done)
jar=$her_jar post "$m" rev=2 act=modifier 'resume=Nous relions, encore.' pratiques=accompagnements activites=mise-en-relations siege=commune:97410 "couvre=$most" annuaire=oui
is "$status $(grep -c 'departement:974' "$tmp/body")" "422 61" "beyond sixty places nothing is dropped: it is asked, and all that was typed is there"
like "$(tr -d '\n' <"$tmp/body")" 'id="f-couvre-e">.{0,200}60.lieux au plus' "beside its field"
jar=$her_jar post "$m" rev=2 act=modifier 'resume=Nous relions, encore.' pratiques=accompagnements activites=mise-en-relations siege=commune:97410 couvre=departement:974 annuaire=oui site=https://ruche.example/
is "$status $(sql "select summary || rev from catalyst where id = $c")" "303 Nous relions, encore.3" "the next change is seen at once"
get "/catalyseurs/$c/historique.json"
is "$(jq_ '[.elements[].champ] | join(" ")')" "resume termes site resume" "what changed is kept, field by field"
get "/catalyseurs/essai-77-$c.json?compact=1"
unlike "$(cat "$tmp/body")" "$hers" "still no address"
"$top_builddir/catalyse" import contenu "$top_srcdir/sql/reference" --config "$VAR/catalyse.conf" >/dev/null 2>&1
is "$(sql "select rev from catalyst where id = $c")" 3 "the reference content leaves it alone"

# The address where messages go is confirmed by whoever has it.
jar=$her_jar post "$m" act=contact relais=oui courriel=accueil77@ruche.example
is "$status $(head_of Location)" "303 $m?fait=courriel" "an address is given"
is "$(sql "select email from catalyst_recipients($c)")" "$hers" "and not written to yet"
link=$(sql "select substring(body_text from '/catalyseurs/$c/contacter/adresse[?]lien=[A-Za-z0-9_-]+') from mail_outbox where recipient = 'accueil77@ruche.example' order by id desc limit 1")
fill "$link"
send "/catalyseurs/$c/contacter/adresse" "lien=${link#*lien=}" choix=envoyer
is "$status $(sql "select email from catalyst_recipients($c)")" "200 accueil77@ruche.example" "its link makes it good"
get "/catalyseurs/essai-77-$c"
unlike "$(cat "$tmp/body")" 'accueil77' "and it is shown nowhere"

# A structure joins; another claims.
get /reseau
is "$status" 200 "the network has its page"
like "$(cat "$tmp/body")" 'associations\.gouv\.fr' "the number of its members has its source"
get /reseau/rejoindre -b "$her_jar"
s=$(sql "select id from structure where ref = 'essai-77'")
jar=$her_jar post /reseau/rejoindre act=rejoindre "structure=$s" 'nom=Essai 77 bis'
is "$status" 422 "why is asked"
jar=$her_jar post /reseau/rejoindre act=rejoindre "structure=$s" 'nom=Essai 77 bis' 'message=Nous voulons apprendre.' pratiques=gestion-d-un-lieu siege=commune:97410
is "$status" 303 "asked"
n=$(sql "select max(id) from network_request where structure_id = $s and kind = 'adhesion'")
jar=$staff post "/administration/reseau/$n" act=accepter
is "$(sql "select name || kind || state || rev from catalyst where structure_id = $s and id <> $c")" "Essai 77 bismembrepubliee2" "accepted, it is in the list"
sql "update catalyst set structure_id = null where id = $c; delete from network_request where catalyst_id = $c" >/dev/null
jar=$her_jar post "$m" act=revendiquer "structure=$s" 'message=C’est le nôtre.'
is "$status" 303 "one that has no structure is claimed"
n=$(sql "select max(id) from network_request where catalyst_id = $c and kind = 'revendication'")
jar=$staff post "/administration/reseau/$n" act=refuser 'motif=Pas de preuve.'
is "$status $(sql "select coalesce(structure_id::text, '-') from catalyst where id = $c") $(sql "select reason from network_request where id = $n")" "303 - Pas de preuve." "refused, with a reason"
end
