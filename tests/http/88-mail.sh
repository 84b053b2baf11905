#!/usr/bin/env bash
# Mail: none is lost and none is sent twice while the server stops and the sender is killed; what comes back is recorded; one click.
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
cluster=$top_srcdir/tools/cluster.sh
sql() { "$cluster" psql "$VAR/postgresql" -d catalyse -XAtq -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
catalyse() { CATALYSE_BASE_URL=$BASE "$top_builddir/catalyse" "$@" --config "$tmp/conf"; }
box=$tmp/boite
server='' sender='' shared=$(cat "$VAR/courriel.pid")

# The environment's own sender rests meanwhile: it holds nothing between two mails.
kill -STOP "$shared"
over() {
	[ -z "$sender" ] || kill -KILL "$sender" 2>/dev/null
	[ -z "$server" ] || kill -TERM "$server" 2>/dev/null
	sql "delete from mail_outbox; delete from mail_address; delete from mail_refusal" >/dev/null
	kill -CONT "$shared"
	rm -rf "$tmp"
}
trap over EXIT
for ((port = 28000 + RANDOM % 1500; port < 30000; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; done
sed "s,^MAIL_SMTP=.*,MAIL_SMTP=smtp://127.0.0.1:$port," "$VAR/catalyse.conf" >"$tmp/conf"
server_start() { # MILLISECONDS a message [CERTIFICATE]
	/usr/bin/python3 "$here/smtp_server.py" "$port" "$box" "$@" 2>"$tmp/serveur" &
	server=$!
	for ((n = 0; n < 100; n++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
}
server_stop() { kill -TERM "$server"; wait "$server" 2>/dev/null; server=''; }
sender_start() {
	CATALYSE_BASE_URL=$BASE "$top_builddir/catalyse" mail serve --config "$tmp/conf" 2>>"$tmp/journal" &
	sender=$!
}
until_() { # SECONDS SQL-CONDITION
	local n
	for ((n = 0; n < $1 * 10; n++)); do [ "$(sql "select $2")" = t ] && return; sleep 0.1; done
	return 1
}
put() { sql "select mail_put('$1', null, '${2:-lien}', 'Essai $1', E'Bonjour.\n', '<p>Bonjour.</p>')"; }
state() { sql "select state || '|' || attempts from mail_outbox where recipient = '$1' order by id desc limit 1"; }
sql "delete from mail_outbox; delete from mail_address; delete from mail_refusal" >/dev/null

# Two hundred, the server stopped for a while, then the sender killed.
sql "select count(mail_put('dest' || i || '@essai.example', null, 'lien', 'Envoi ' || i, E'Bonjour.\n', '<p>Bonjour.</p>')) from generate_series(1, 200) i" >/dev/null
like "$(catalyse mail send 2>&1)" 'le serveur ne prend rien' "no server: said"
is "$(sql "select count(*) filter (where state = 'attente'), sum(attempts) from mail_outbox")" '200|0' "and nothing is lost, nor counted against a mail"
server_start 15
sender_start
until_ 20 "count(*) filter (where state = 'envoyee') >= 50 from mail_outbox"
ok $? "mails leave"
server_stop
sleep 1.5
kill -0 "$sender"
ok $? "the server stops: the sender waits"
like "$(sql "select last_error from mail_outbox where last_error is not null limit 1")" '.' "the reason is kept"
before=$(sql "select count(*) from mail_outbox where state = 'envoyee'")
server_start 15
until_ 20 "count(*) filter (where state = 'envoyee') >= $before + 40 from mail_outbox"
ok $? "it is back: mails leave again"
kill -KILL "$sender"
wait "$sender" 2>/dev/null
sender_start
sleep 0.5
kill -KILL "$sender"
wait "$sender" 2>/dev/null
is "$(sql "select count(*) between 0 and 2 from mail_outbox where state = 'envoi'")" t "the sender is killed twice: at most a mail each time is in nobody's hands"
# The lease, and the back-off of a mail that was cut, are made to pass.
sql "update mail_outbox set leased_until = now() - interval '1 s' where state = 'envoi'" >/dev/null
sender_start
until_ 10 "count(*) = 0 from mail_outbox where state = 'envoi' and leased_until < now()"
sql "update mail_outbox set not_before = now() where state = 'attente'" >/dev/null
until_ 30 "count(*) filter (where state in ('attente', 'envoi')) = 0 from mail_outbox"
ok $? "another sender ends the work"
/usr/bin/python3 "$here/mail_read.py" "$box" >"$tmp/lus"
is "$(cut -f3 "$tmp/lus" | sort | uniq -d | wc -l)" 0 "no mail arrived twice"
lost=$(sql "select recipient from mail_outbox where state <> 'incertain'" | sort | comm -23 - <(cut -f1 "$tmp/lus" | sort))
is "$lost" "" "every mail said to be sent arrived"
is "$(sql "select count(*) from mail_outbox where state = 'envoyee'") $(sql "select count(*) <= 3 from mail_outbox where state = 'incertain'")" \
	"$((200 - $(sql "select count(*) from mail_outbox where state = 'incertain'"))) t" "the others, three at most, are said to be uncertain"
is "$(cut -f5 "$tmp/lus" | sort -u)" 0 "Python's parser finds no fault in any"

# What a server may answer.
for name in inconnu plein plustard refuse muet coupe; do put "$name@essai.example" >/dev/null; done
until_ 20 "count(*) filter (where state = 'attente' and attempts = 0) = 0 from mail_outbox"
is "$(state inconnu@essai.example)" 'rebond|1' "an unknown recipient: a bounce at once"
is "$(sql "select last_error from mail_outbox where recipient = 'inconnu@essai.example'")" '550 5.1.1 (adresse) nobody of that name' "with the server's words, less the address"
is "$(put Inconnu@Essai.Example)" '' "and the next mail there is refused"
is "$(state plein@essai.example)" 'rebond|1' "a full box: it came back"
unlike "$(put plein@essai.example)" '^$' "but is tried again"
is "$(state refuse@essai.example)" 'echec|1' "a message refused is given up"
is "$(state plustard@essai.example)" 'attente|1' "a recipient refused for now waits"
is "$(sql "select not_before - now() between interval '30 s' and interval '1 minute' from mail_outbox where recipient = 'plustard@essai.example'")" t "a minute, the first time"
for tries in 1 2 3 4 5; do
	sql "update mail_outbox set not_before = now() where recipient = 'plustard@essai.example' and state = 'attente'" >/dev/null
	until_ 10 "attempts > $tries from mail_outbox where recipient = 'plustard@essai.example'"
done
is "$(state plustard@essai.example)" 'echec|6' "the sixth time, it is given up"
is "$(state muet@essai.example)" 'incertain|1' "the link cut after the final dot: uncertain"
is "$(state coupe@essai.example)" 'attente|1' "cut before it: another time, and the others do not wait for it"
kill -TERM "$sender"
wait "$sender"
is $? 0 "SIGTERM ends the sender between two mails"
sql "update mail_outbox set state = 'annulee', done_at = now() where recipient = 'coupe@essai.example'" >/dev/null
catalyse mail send >/dev/null 2>&1
is "$(grep -c 'muet@essai.example' <(/usr/bin/python3 "$here/mail_read.py" "$box"))" 1 "what is uncertain is not sent again"
is "$(catalyse mail status --json | jq -c '[.incertaines >= 1, .echecs, .adresses_bloquees]')" '[true,2,1]' "and is reported"
unlike "$(cat "$tmp/journal")" '@' "no address in the log"

# Hostile fields, from SQL to Python's parser.
sql "select mail_put('champs@essai.example', null, 'lien', E'Objet\r\nBcc: autre@essai.example\r\n\r\n<script>', E'.\r\n.\r\nQUIT\r\n\x1b[2J\r\n--=_catalyse--\r\nFrom moi\r\n', '<p>x</p>')" >/dev/null
sql "select mail_put('temoin@essai.example', null, 'lien', 'Objet', E'Bonjour.\n', '<p>x</p>')" >/dev/null
like "$(catalyse mail send)" '^2 envoyés, 0 non$' "a mail of hostile fields leaves"
/usr/bin/python3 "$here/mail_read.py" "$box" | grep -E '^(champs|temoin)@' >"$tmp/lus"
is "$(cut -f4,5 "$tmp/lus" | sort -u | wc -l)" 1 "with the same fields as any other, and no fault"
is "$(sed -n 's/^champs[^\t]*\t\([^\t]*\).*/\1/p' "$tmp/lus")" 'Objet Bcc: autre@essai.example <script>' "its subject is one line"
like "$(sql "select mail_put(E'a@essai.example\r\nBcc: b@essai.example', null, 'lien', 's', 't', 'h')")" 'ERROR' "two lines are no address"
like "$(catalyse mail test 'a@essai.example
RCPT TO:<b@essai.example>' 2>&1)" 'pas une adresse' "nor here"
like "$(catalyse mail test moi@essai.example)" 'a pris le message' "catalyse mail test"

# Encryption is asked for, or nothing leaves.
like "$(CATALYSE_MAIL_TLS=exiger catalyse mail test moi@essai.example 2>&1)" 'refusé' "a server without encryption, when it is required: nothing is sent"
like "$(CATALYSE_MAIL_TLS=peutetre catalyse mail test moi@essai.example 2>&1)" 'MAIL_TLS' "a setting that is none is refused"
like "$(CATALYSE_MAIL_USER=moi CATALYSE_MAIL_SMTP=smtp://mx.example catalyse mail test moi@essai.example 2>&1)" 'en clair' "so is a password in clear"
server_stop
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 -keyout "$tmp/cle" -out "$tmp/cert" 2>/dev/null
cat "$tmp/cle" "$tmp/cert" >"$tmp/pem"
server_start 0 "$tmp/pem"
like "$(CATALYSE_MAIL_TLS=si-possible catalyse mail test moi@essai.example 2>&1)" 'refusé.*certificate' "a certificate that nobody vouches for is refused"
server_stop
server_start 0

# The dialogue cut before each of its bytes (every fifth, unless CUTS=all), along the message, around its final dot. A letter is uncertain
# only when its last bytes were handed over; the operator looks at what the server has, and says.
server_stop
sql "delete from mail_outbox; delete from mail_address" >/dev/null
rm -rf "$box"
falls() { # CUT...: a server that falls so
	[ -z "$server" ] || server_stop
	printf '%s\n' "$@" >"$tmp/cuts"
	/usr/bin/python3 "$here/smtp_cut.py" "$port" "$box" "$tmp/cuts" >"$tmp/ends" 2>>"$tmp/serveur" &
	server=$!
	for ((n = 0; n < 100; n++)); do grep -q ":$(printf %04X "$port") 00000000:0000 0A" /proc/net/tcp && break; sleep 0.1; done # connecting would be a connection
}
number=0
letters() { # N
	sql "select count(mail_put('fin' || lpad(i::text, 3, '0') || '@essai.example', null, 'commentaire', 'Envoi ' || i, E'Bonjour.\n', '<p>Bonjour.</p>')) from generate_series($number + 1, $number + $1) i" >/dev/null
	number=$((number + $1))
}
falls ''
letters 1
like "$(catalyse mail send)" '^1 envoyés, 0 non$' "a server that will fall takes a letter"
read -r ehlo mail rcpt data dot <"$tmp/ends"
like "$ehlo $mail $rcpt $data $dot" '^[0-9]+( [0-9]+){4}$' "its dialogue is measured"
step=5
[ "${CUTS:-}" != all ] || step=1
# Before a recipient is named the queue rests: one run a cut. From there on the next letter follows.
mapfile -t cuts < <(seq 0 $step $((mail - 1)); echo $((ehlo - 1)); echo $ehlo; echo $((mail - 1)); echo $mail)
falls "${cuts[@]}"
letters 1
down=0
for cut in "${cuts[@]}"; do catalyse mail send >/dev/null 2>&1 || down=$((down + 1)); done
is "$down $(sql "select state || attempts || (end_at is null) from mail_outbox where recipient = 'fin002@essai.example'")" "${#cuts[@]} attente0true" "cut ${#cuts[@]} times before a recipient is named: each time it waits, uncounted"
mapfile -t cuts < <(seq $((mail + 1)) $step $data; seq $((data + 1)) $(((dot - data) / 12)) $((dot - 6)); seq $((dot - 5)) $((dot - 1)); printf '%s\n' $rcpt $data $dot taken taken lost lost half half later)
falls "${cuts[@]}"
letters $((${#cuts[@]} - 1))
catalyse mail send >/dev/null 2>&1
known=$(sql "select count(*) filter (where state = 'attente' and attempts = 1), count(*) filter (where state = 'incertain'), count(*) filter (where state not in ('attente', 'incertain', 'envoyee')) from mail_outbox")
IFS='|' read -r waiting doubt rest <<<"$known"
is "$((waiting + doubt)) $rest" "${#cuts[@]} 0" "cut at ${#cuts[@]} other places: as many wait or are uncertain, one letter a cut ($waiting, $doubt)"
[ "$doubt" -ge 6 ]
ok $? "those whose end was handed over are uncertain"
is "$(sql "select count(*) from mail_outbox where state = 'attente' and end_at is not null")" 0 "and none that waits had its end handed over"
sql "update mail_outbox set not_before = now() where state = 'attente'" >/dev/null
catalyse mail send >/dev/null 2>&1
is "$(sql "select count(*) from mail_outbox where state = 'attente'") $(sql "select count(*) from mail_outbox where state = 'incertain'")" "0 $doubt" "what waited leaves; what is uncertain does not, by itself"
# The operator is told everywhere.
is "$(catalyse mail status --json | jq .incertaines)" "$doubt" "the queue tells"
catalyse check --json >"$tmp/check" 2>/dev/null
is "$? $(jq -c '[.courriel_incertain.bon, .courriel.bon]' "$tmp/check")" '1 [false,true]' "catalyse check is not content"
like "$(jq -r '.courriel_incertain.message' "$tmp/check")" "^$doubt dont la dernière réponse s’est perdue : catalyse mail uncertain$" "and says what to ask"
get /metrics
like "$(cat "$tmp/body")" "catalyse_mail_queue\{state=\"incertain\"\} $doubt\$" "so does the measure"
catalyse mail uncertain --json >"$tmp/doubt"
is "$(jq length "$tmp/doubt")" "$doubt" "each is listed"
like "$(catalyse mail uncertain | head -n 1)" '^[0-9]+  [0-9TZ:-]+  <[0-9]+\.[0-9a-f]{20}@[^ >]+>  fin[0-9]{3}@essai.example : Envoi' "by its Message-ID too"
# He looks into the server, and says of each.
said() { sql "select count(*) from journal where object = 'courriel' and action in ('laisser', 'renvoyer')"; }
before=$(said)
/usr/bin/python3 "$here/mail_read.py" "$box" | cut -f3 | tr -d '<>' | sort >"$tmp/lus"
took=0 missed=0
while IFS=$'\t' read -r n id; do
	if grep -qxF "$id" "$tmp/lus"; then
		catalyse mail leave "$n" >/dev/null && took=$((took + 1))
	else
		catalyse mail again "$n" >/dev/null && missed=$((missed + 1))
	fi
done < <(jq -r '.[] | [.numero, .message_id] | @tsv' "$tmp/doubt")
is "$((took + missed))" "$doubt" "of each he says: taken ($took), or once more ($missed)"
like "$took $missed" '^([4-9]|[1-9][0-9]) ([2-9]|[1-9][0-9])$' "there were some of both"
like "$(catalyse mail again 1 2>&1)" 'n’est pas incertain' "not of what is not uncertain"
like "$(catalyse mail again x1 2>&1)" 'un numéro, ou tout' "nor of what is no number"
catalyse mail send >/dev/null 2>&1
/usr/bin/python3 "$here/mail_read.py" "$box" >"$tmp/lus"
is "$(cut -f1 "$tmp/lus" | sort -u | wc -l) $(cut -f1 "$tmp/lus" | sort | uniq -d | wc -l)" "$number 0" "all $number letters arrived, none twice"
is "$(catalyse mail uncertain)" 'Aucun courriel incertain.' "nothing is left to say"
catalyse check --json >"$tmp/check" 2>/dev/null
is "$(jq -c 'has("courriel_incertain")' "$tmp/check")" false "and catalyse check is content"
is "$(($(said) - before))" "$doubt" "the journal has what he said"
falls lost lost lost taken
letters 4
catalyse mail send >/dev/null 2>&1
is "$(catalyse mail leave tout --json) $(catalyse mail again tout --json)" '{"courriels":4} {"courriels":0}' "or of all at once"
server_stop
server_start 0

# What comes back later, as a report.
put revenu@essai.example >/dev/null
catalyse mail send >/dev/null
number=$(sql "select id || '.' || message_key from mail_outbox where recipient = 'revenu@essai.example'")
mkdir -p "$tmp/retour/new" "$tmp/retour/cur" "$tmp/retour/tmp"
report() { # ID
	printf 'From: MAILER-DAEMON@mx.example\nTo: rebonds@demo.example\nContent-Type: multipart/report; report-type=delivery-status;\n boundary="b"\n\n'
	printf -- '--b\nContent-Type: text/plain\n\nSorry.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n'
	printf 'Final-Recipient: rfc822; revenu@essai.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 revenu@essai.example unknown\n\n'
	printf -- '--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <%s@demo.example>\n\n--b--\n' "$1"
}
report "${number%.*}.00000000000000000000" >"$tmp/retour/new/1.faux"
printf 'Subject: Absent\n\nJe reviens lundi.\n' >"$tmp/retour/new/2.absent"
is "$(catalyse mail bounces "$tmp/retour" --json)" '{"lus":2,"rebonds":0}' "a forged report, an answering machine: nothing"
is "$(state revenu@essai.example)" 'envoyee|1' "the mail is as it was"
report "$number" >"$tmp/retour/new/3.vrai"
is "$(catalyse mail bounces "$tmp/retour" --json)" '{"lus":1,"rebonds":1}' "a report of ours"
is "$(state revenu@essai.example)" 'rebond|1' "is a bounce"
is "$(ls "$tmp/retour/new" | wc -l) $(ls "$tmp/retour/cur" | tr '\n' ' ')" '0 1.faux:2, 2.absent:2, 3.vrai:2,S ' "and is put away"
is "$(put revenu@essai.example)" '' "nothing more goes there"

# One click.
rm -rf "$box/new"/*
put lecteur@essai.example commentaire >/dev/null
catalyse mail send >/dev/null
put lecteur@essai.example commentaire >/dev/null
link=$(/usr/bin/python3 "$here/mail_read.py" "$box" link)
like "$link" "^$BASE/courriels/desabonner\\?jeton=[A-Za-z0-9_-]{43}$" "a mail says where to end it"
path=${link#"$BASE"}
get "$path"
is "$status" 200 "the page"
like "$(head_of Cache-Control)" private "is for one reader"
like "$(cat "$tmp/body")" 'commentaire sur une de mes fiches' "it says what it is about"
is "$(sql "select count(*) from mail_refusal")" 0 "looking changes nothing"
get "$path" -H 'Sec-Fetch-Site: cross-site' -H 'Origin: https://mail.example' --data 'List-Unsubscribe=One-Click'
is "$status" 200 "a mail program's click"
is "$(sql "select count(*) from mail_refusal")" 1 "ends it"
is "$(sql "select string_agg(state, ' ' order by id) from mail_outbox where recipient = 'lecteur@essai.example'")" 'envoyee annulee' "what waited is cancelled"
is "$(put lecteur@essai.example commentaire)" '' "and no more comes"
unlike "$(put lecteur@essai.example mot_de_passe)" '^$' "but what is asked for"
get "$path" -F 'List-Unsubscribe=One-Click'
is "$status" 200 "twice is once, and a multipart body does as well"
get "$path"
like "$(cat "$tmp/body")" 'Vous ne recevrez plus' "the page says so"
get "${path%?????}AAAAA" --data x=1
is "$status" 404 "a link that is none of ours"
get /courriels/desabonner -X POST
is "$status" 404 "nor without a token"
end
