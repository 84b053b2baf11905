#!/usr/bin/env bash
# A catalyst is written to by the site: neither side's address is in a page, a header or a body of mail, or a log, until one gives its own.
# Nothing leaves before the sender's own mailbox answered; limits, refusal, honest absence, forgetting, counts of five and more.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
clean() {
	sql "delete from introduction where catalyst_id in (select id from catalyst where ref = 'essai-77'); delete from catalyst where ref = 'essai-77';
		delete from structure where ref = 'essai-77'; delete from token where purpose in ('contact_envoi', 'echange'); delete from attempt where kind ~ 'contact|echange';
		delete from mail_outbox where recipient in ('$hers', '$his') or kind in ('contact', 'contact_reponse'); delete from account where email = '$hers'" >/dev/null
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
	for ((n = 0; n < 60; n++)); do
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
end
