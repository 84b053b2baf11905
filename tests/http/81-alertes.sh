#!/usr/bin/env bash
# A list followed by mail, without an account: asked, confirmed, told of what is new and of that alone, ended in one click.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "$1"; }
cli() { CATALYSE_BASE_URL=$BASE "$top_builddir/catalyse" "$@" --config "$VAR/catalyse.conf"; }
run() { cli alerts --json >"$tmp/run" 2>"$tmp/run.err"; }
who=suiveuse-$$@ailleurs.example word="zinzolin$$"
mailed() { sql "select body_text from private.mail_outbox where recipient = '$who' and subject like '$1%' order by id desc limit 1" | grep -o 'http://[^ ]*' | sed -n "${2:-1}p" | sed "s,^http://[^/]*,,"; }
mails() { sql "select count(*) from private.mail_outbox where address_hash = private.mail_hash('$who') and kind = 'alerte'"; }
followers() { sql "select count(*) from private.follower where email = '$who'"; }
publish() { # REF TITLE: the number of a sheet
	sql "with s as (insert into catalyse.sheet (ref, type, slug, title, summary, state, origin) values ('$1', 'methode', '$1', '$2', 'Un $word de plus.', 'publiee', 'ours') returning id),
		t as (insert into catalyse.sheet_territory select s.id, t.id from s, catalyse.territory t where t.type = 'pays') select id from s"
}
trap 'sql "update catalyse.sheet set state = '"'retiree'"', withdrawn_reason = '"'essai terminé'"' where ref like '"'essai-alerte-$$-%'"'; select private.follower_forget(id) from private.follower where email = '"'$who'"'" >/dev/null; rm -rf "$tmp"' EXIT
sql "delete from private.attempt where kind = 'alerte'"

# From a list to its form.
get "/fiches?type=methode&territoire=region:04&tri=recent&page=1"
follow=$(grep -o 'href="/alertes?requete=[^"]*"' "$tmp/body" | head -n 1 | sed 's/href="//; s/"$//; s/&amp;/\&/g')
is "$follow" '/alertes?requete=/fiches%3Ftype%3Dmethode%26territoire%3Dregion%3A04' "a list leads to its alert, by its canonical address"
get "$follow"
is "$status" 200 "the form"
like "$(head_of Cache-Control)" 'no-store' "is kept by no cache"
like "$(cat "$tmp/body")" 'Fiches.*Méthodes.*La Réunion' "and says the list in words"
unlike "$(grep -o '<link rel="canonical"[^>]*' "$tmp/body")" 'requete' "without an address of its own"
get "/catalyseurs?territoire=commune:97410"
like "$(cat "$tmp/body")" 'href="/alertes\?requete=/catalyseurs%3Fterritoire%3Dcommune%3A97410"' "catalysts may be followed"
get "/recherche?q=$word"
like "$(cat "$tmp/body")" "href=\"/alertes\?requete=/recherche%3Fq%3D$word\"" "a search without an answer too"
for bad in '/ailleurs' '/administration/journal' '/fiches?odd=99' '/fiches?territoire=commune:00000' '/fiches?theme=inconnu-au-bataillon' '/recherche' '//ailleurs.example/fiches'; do
	get "/alertes?requete=$(jq -rn --arg x "$bad" '$x|@uri')"
	is "$status" 400 "what is no list is not followed: $bad"
done

# Asking: what a robot does is refused, and nothing is kept.
ask() { # field=value...: with the form read before
	local arg args=()
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get /alertes -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token "$tmp/form")" --data-urlencode "requete=$list" "${args[@]}"
}
list="/fiches?q=$word"
get "/alertes?requete=/fiches%3Fq%3D$word"
like "$(cat "$tmp/body")" 'Rien ne répond encore' "a list without an answer may be followed"
cp "$tmp/body" "$tmp/form"
cp "$tmp/body" "$tmp/first"
ask choix=suivre "courriel=$who" rythme=jour
is "$status" 422 "a form filled in no time is refused"
like "$(cat "$tmp/body")" "$who" "and keeps what was typed"
sleep 2.1
ask choix=suivre "courriel=$who" rythme=jour site_web=http://achetez.example
is "$status" 422 "a field that nobody sees, filled, too"
ask choix=suivre rythme=jour
is "$status" 422 "an address is needed"
ask choix=suivre 'courriel=pas une adresse' rythme=jour
is "$status" 400 "a real one"
ask choix=suivre "courriel=$who" rythme=heure
is "$status" 400 "and a rhythm that there is"
is "$(sql "select count(*) from private.token where purpose = 'alerte' and data->>'courriel' = '$who'")" 0 "nothing is kept so far"
ask choix=suivre "courriel=${who^^}" rythme=jour
is "$status" 303 "a good one is taken"
is "$(head_of Location)" "/alertes?requete=/fiches%3Fq%3D$word&fait=envoye" "and a mail is announced"
is "$(followers)" 0 "no address is kept before it is confirmed"
confirm=$(mailed 'Votre alerte, à confirmer')
like "$confirm" '^/alertes/confirmer\?lien=' "a link is mailed"

# Confirming: looking changes nothing.
get "$confirm"
is "$status" 200 "the link opens"
like "$(cat "$tmp/body")" "$word" "on what was asked"
is "$(followers)" 0 "looking confirms nothing"
cp "$tmp/body" "$tmp/form"
sent() { # PATH field=value...
	local path=$1 arg args=()
	shift
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get "$path" -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token "$tmp/form")" "${args[@]}"
}
sent "$confirm" choix=confirmer
is "$status" 303 "its button does"
manage=$(head_of Location)
manage=${manage%\?*}
like "$manage" '^/alertes/[A-Za-z0-9_.-]{60,}$' "and leads to the alerts of that address, by a signed link"
is "$(followers)" 1 "the address is kept now"
is "$(sql "select rhythm || empty || turn from private.alert a join private.follower f on f.id = a.follower_id where f.email = '$who'")" jourtrue1 "with its rhythm, and nothing seen"
sent "$confirm" choix=confirmer
is "$status" 410 "once"
get "$confirm"
is "$status" 410 "the link says that it has served"

# arrived N: the last alert in the mailbox of that address, once it has N, decoded in $tmp/letter
arrived() {
	local n files
	for ((n = 0; n < 300; n++)); do
		files=$(grep -l -i "^X-RcptTo: $who" "$VAR"/mail/new/* "$VAR"/mail/cur/* 2>/dev/null | xargs -r grep -l '^List-Unsubscribe:' | xargs -r ls -t)
		[ "$(grep -c . <<<"$files")" -lt "$1" ] || break
		sleep 0.2
	done
	file=$(head -n 1 <<<"$files")
	perl -MMIME::QuotedPrint -0777 -ne '($h, $b) = split /\r?\n\r?\n/, $_, 2; $h =~ s/\r?\n[ \t]+//g; print "$h\n\n" . decode_qp($b)' "$file" >"$tmp/letter"
}

# Nothing new: no mail. A first answer: a mail that says so.
run
ok $? "the command runs" "$(cat "$tmp/run.err")"
is "$(mails)" 0 "nothing new, no mail"
one=$(publish "essai-alerte-$$-un" "Le $word & sa méthode")
cli alerts --dry-run --json >"$tmp/run"
ok "$([ "$(jq .courriels "$tmp/run")" -ge 1 ]; echo $?)" "a try counts" "$(cat "$tmp/run")"
is "$(mails)" 0 "and sends nothing"
run
is "$(mails)" 1 "a sheet is published: a mail"
run && run
is "$(mails)" 1 "told once, whatever the command is run"
arrived 1
like "$(cat "$tmp/letter")" "fiches/essai-alerte-$$-un-$one" "it arrives, with its link"
like "$(tr '\n' ' ' <"$tmp/letter")" 'première réponse' "and says that it is the first answer"
unlike "$(cat "$tmp/letter")" 'a chang' "nothing else is in it"
like "$(cat "$tmp/letter")" "^List-Unsubscribe: <http://[^>]*/courriels/desabonner\?jeton=" "a mail program may end it"
like "$(cat "$tmp/letter")" '^List-Unsubscribe-Post: List-Unsubscribe=One-Click' "in one click"
get "/fiches.json?q=$word"
is "$(jq_ '[.elements[].id] | join(" ")')" "$one" "the list page holds the same"
is "$(sql "select string_agg(item_id::text, ' ') from private.watch_item i join private.watch w on w.id = i.watch_id where w.query = '/fiches?q=$word'")" "$one" "as what was looked at"

# The next day: only what is new since.
tomorrow() { sql "update private.alert a set told_on = told_on - ${1:-1} from private.follower f where f.id = a.follower_id and f.email = '$who'"; }
two=$(publish "essai-alerte-$$-deux" "Encore un $word")
run
is "$(mails)" 1 "a daily alert says nothing more that day"
tomorrow
run
is "$(mails)" 2 "the next day it does"
body=$(sql "select body_text from private.mail_outbox where recipient = '$who' and kind = 'alerte' order by id desc limit 1")
like "$body" "essai-alerte-$$-deux-$two" "of what is new"
unlike "$body" "essai-alerte-$$-un-$one" "and of that alone"
unlike "$body" 'première réponse' "it is no longer the first answer"
sql "update catalyse.sheet set summary = 'Un $word récrit.' where id = $one"
tomorrow
run
body=$(sql "select subject || body_text from private.mail_outbox where recipient = '$who' and kind = 'alerte' order by id desc limit 1")
like "$body" "^un changement|^1 changement" "a sheet that changed is told"
like "$body" "essai-alerte-$$-un-$one" "as the one it is"
tomorrow
sql "update catalyse.sheet set state = 'retiree', withdrawn_reason = 'essai' where id = $two"
run
is "$(mails)" 3 "a sheet withdrawn is no news"

# The page of an address.
get "$manage"
is "$status" 200 "the page of an address opens by its link"
like "$(cat "$tmp/body")" 's…@ailleurs\.example' "says which, without saying all of it"
cp "$tmp/body" "$tmp/form"
id=$(grep -o 'name="alerte" value="[0-9]*"' "$tmp/body" | head -n 1 | grep -o '[0-9]*')
sent "$manage" "alerte=$id" act=pauser
is "$status" 303 "an alert is paused"
three=$(publish "essai-alerte-$$-trois" "Un dernier $word")
run
is "$(mails)" 3 "and says nothing"
sent "$manage" "alerte=$id" act=reprendre
run
is "$(mails)" 4 "it goes on with what it missed"
sent "$manage" "alerte=$id" act=semaine
is "$(sql "select rhythm from private.alert where id = $id")" semaine "its rhythm changes"
sent "$manage" "alerte=$((id + 1000000))" act=supprimer
is "$(followers)" 1 "a number that is not theirs ends nothing of theirs"
get "${manage%?}x"
is "$status" 404 "a link that is not ours opens nothing"
get "/alertes/eHh4.1.2.AAAA"
is "$status" 404 "nor one made up"
unlike "$(cat "$tmp/body")" "$who" "and shows nobody"

# Known or not, the same answer.
again() { get /alertes -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token "$tmp/first")" --data-urlencode choix=retrouver --data-urlencode "courriel=$1"; }
again "$who"
first=$status$(head_of Location)
again "personne-$$@ailleurs.example"
is "$status$(head_of Location)" "$first" "an address that follows nothing is answered the same"
get "$(mailed 'Le lien de vos alertes')"
is "$status" 200 "the link is mailed, and opens"

# One click, as a mail program does: from anywhere, without a session.
sql "update private.alert set rhythm = 'jour' where id = $id"
tomorrow 9
sql "update catalyse.sheet set summary = 'Un $word encore récrit.' where id = $one"
run
arrived 5
click=$(sed -n 's,^List-Unsubscribe: *<http://[^/]*\([^>]*\)>.*,\1,p' "$tmp/letter")
like "$click" '^/courriels/desabonner\?jeton=' "the mail has its link"
get "$click"
like "$(cat "$tmp/body")" "Alerte.*$word" "which says what it ends"
is "$(followers)" 1 "looking ends nothing"
get "$click" -X POST -d 'List-Unsubscribe=One-Click'
is "$status" 200 "one click"
is "$(followers)" 0 "and the address is forgotten"
is "$(sql "select count(*) from private.mail_outbox where recipient = '$who' or address_hash = private.mail_hash('$who')")" 0 "in the queue of mail too"
is "$(sql "select count(*) from private.token where data::text like '%$who%'")" 0 "and in what was handed out"
is "$(sql "select count(*) from private.mail_refusal where kind = 'alerte'")" 0 "no refusal is kept"
get "$click"
like "$(cat "$tmp/body")" 'fait' "the link says that it is done"
get "$manage"
is "$status" 404 "the page of the address is no more"
tomorrow 9
publish "essai-alerte-$$-quatre" "Un $word de trop" >/dev/null
run
is "$(sql "select count(*) from private.mail_outbox where recipient = '$who'")" 0 "nothing is sent any more"
is "$(sql "select count(*) from private.watch where query = '/fiches?q=$word'")" 0 "a list that nobody follows is forgotten"

# What waits for its confirmation is forgotten.
sql "insert into private.token (hash, purpose, data, expires_at) values (encode(sha256('attente-$$'), 'hex'), 'alerte', '{\"courriel\": \"$who\"}', now() - interval '1 minute')"
# Two hosts do so at the same moment: both have seen the same sheets before one of them writes, each sheet is asked about once.
sql "update catalyse.sheet set verified_on = current_date - 500 where ref = 'essai-alerte-$$-un'"
due=$(cli freshness --dry-run --json 2>"$tmp/run.err" | jq '.fiches | length') last=$(sql "select coalesce(max(id), 0) from private.mail_outbox")
sql "begin; lock table private.freshness in share row exclusive mode; set application_name to 'essai-fraicheur'; select pg_sleep(60)" >/dev/null 2>&1 &
until_sql() { local i; for ((i = 0; i < 600; i++)); do [ "$(sql "select count(*) from $1")" != "$2" ] || return 0; sleep 0.1; done; return 1; }
until_sql "pg_stat_activity where application_name = 'essai-fraicheur' and query like '%sleep%'" 1
for i in 1 2; do PGOPTIONS="-c lock_timeout=60s -c statement_timeout=60s" cli freshness --json >"$tmp/fraicheur.$i" 2>"$tmp/fraicheur.err.$i" & runs[i]=$!; done
until_sql "pg_locks where relation = 'private.freshness'::regclass and not granted" 2
ok $? "both runs wait for the same sheet"
sql "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'essai-fraicheur'" >/dev/null
wait "${runs[1]}" && wait "${runs[2]}"
ok $? "both end well" "$(cat "$tmp"/fraicheur.err.*)"
is "$(jq -s 'map(.demandes + .rappels + .a_verifier) | add' "$tmp"/fraicheur.[12])" "$due" "each of the $due sheets is asked about by one of them"
is "$(sql "select count(*) > 0, count(*) - count(distinct (recipient, subject)) from private.mail_outbox where kind = 'fraicheur' and id > $last and recipient is not null")" 't|0' "and nobody is told twice"
is "$(sql "select data::text from private.token where hash = encode(sha256('attente-$$'), 'hex')")" '{}' "an address that was never confirmed is forgotten"

# A wide list: the same items as the page, twice the same.
total=$(curl -s "$BASE/catalyseurs.json?taille=1" | jq .total)
sql "select private.watch_hold('/catalyseurs')" >/dev/null
sql "insert into private.follower (email) values ('$who'); insert into private.alert (follower_id, watch_id, label, rhythm, turn, empty) select f.id, w.id, 'Catalyseurs', 'jour', 0, false from
	private.follower f, private.watch w where f.email = '$who' and w.query = '/catalyseurs'"
run
is "$(sql "select count(*) from private.watch_item i join private.watch w on w.id = i.watch_id where w.query = '/catalyseurs'")" "$total" "a whole list is walked"
body=$(sql "select body_text from private.mail_outbox where recipient = '$who' and kind = 'alerte' order by id desc limit 1")
is "$(grep -c '/catalyseurs/' <<<"$body")" 12 "twelve are shown"
like "$body" "Et $((total - 12)) autres" "and the rest counted"
tomorrow
run
is "$(mails)" 1 "looked at again, nothing is new"
total=$(curl -s "$BASE/evenements.json?annee=2023&taille=1" | jq .total)
sql "select private.watch_hold('/evenements?annee=2023')" >/dev/null
sql "insert into private.alert (follower_id, watch_id, label, rhythm, turn, empty) select f.id, w.id, 'Rendez-vous : 2023', 'jour', 0, false from private.follower f, private.watch w
	where f.email = '$who' and w.query = '/evenements?annee=2023'"
run
is "$(sql "select count(*) from private.watch_item i join private.watch w on w.id = i.watch_id where w.query = '/evenements?annee=2023'")" "$total" "events are followed as well"
get "/evenements?annee=2023"
like "$(cat "$tmp/body")" 'href="/alertes\?requete=/evenements%3Fannee%3D2023"' "from their page"
end
