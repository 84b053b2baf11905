#!/usr/bin/env bash
# Writing together: a session opened by an animateur, fifty people who write at the same moment without an account, each line kept and each
# taken back by somebody; the file that works without a network; the end of the session.
. "${top_srcdir:?}/tests/http/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c "$1"; }
mark=atelier$RANDOM$RANDOM
login animateur@demo.example
post_() { form=/ateliers post "$@"; }
post_ /ateliers titre=x territoire=
is "$status" 422 "a session wants a title and a place"
like "$(cat "$tmp/body")" 'Dites sur quel territoire' "and says which"
post_ /ateliers "titre=Atelier du marché" 'territoire=Saint-Benoît (974)' "consigne=Racontez une alliance." heures=2
is "$status" 303 "a session opens"
at=$(head_of Location)
number=$(grep -o '[0-9]*' <<<"$at" | head -n 1)
get "$at" -b "$jar"
code=$(grep -o '/atelier/[a-z0-9]\{6\}"' "$tmp/body" | head -n 1 | sed 's,.*/,,; s/"//')
is "${#code}" 6 "its code is given"
get /atelier -H "$(elsewhere)"
is "$status" 200 "a door without an account"
get "/atelier?code=${code^^}"
is "$status $(head_of Location)" "303 /atelier/$code" "capitals are the same code"
get /atelier?code=zzzzzz
is "$status" 404 "another code is nobody's"

# Fifty at once, through forms as browsers send them; each twice, as somebody who presses the button again.
one() { # N: reads the page, writes, writes the same again
	local d=$tmp/p$1 token key
	mkdir -p "$d"
	curl -sS -m 30 -H "X-Forwarded-For: 198.18.7.7" -c "$d/jar" -o "$d/page" "$BASE/atelier/$code" || return
	token=$(token "$d/page") key=$(key_of "$d/page")
	sleep 2
	for again in 1 2; do
		curl -sS -m 30 -b "$d/jar" -H "X-Forwarded-For: 198.18.7.7" -H 'Sec-Fetch-Site: same-origin' -o "$d/answer$again" -D "$d/head$again" -w '%{http_code}\n' \
			--data-urlencode "jeton=$token" --data-urlencode "cle=$key" --data-urlencode "titre=Ligne $1 du marché" --data-urlencode "chapo=Écrite par la personne $1" \
			-d type=exemple --data-urlencode "nom=Personne $1" "$BASE/atelier/$code" >"$d/status$again"
	done
}
for n in $(seq 50); do one "$n" & done
wait
is "$(cat "$tmp"/p*/status1 "$tmp"/p*/status2 | sort | uniq -c | awk '{ print $1 " " $2 }')" "100 303" "fifty people write at once, each twice"
is "$(sql "select count(*), count(distinct content->>'titre') from workshop_note where workshop_id = $number")" "50|50" "every line is kept, once"
sed -n 's/^[Ll]ocation: *\([^?]*\).*/\1/p' "$tmp"/p*/head1 | tr -d '\r' | sort -u >"$tmp/links"
sed -n 's/^[Ll]ocation: *\([^?]*\).*/\1/p' "$tmp"/p*/head2 | tr -d '\r' | sort -u >"$tmp/links2"
is "$(wc -l <"$tmp/links") $(cmp "$tmp/links" "$tmp/links2" && echo alike)" "50 alike" "each has a link of its own, the same when sent again"
told() { # KEY TITLE: by a program
	get "/atelier/$code.json" -H 'Sec-Fetch-Site: same-origin' -H "Idempotency-Key: $1" --json "{\"titre\":\"$2\",\"chapo\":\"Par un programme\"}"
}
key=$(key_of "$tmp/p1/page")
told "$key" 'Ligne 1 du marché, autrement'
is "$status $(sql "select count(*) from workshop_note where workshop_id = $number")" "422 50" "the same key with other words is refused, and changes nothing"
curl -sS -m 30 -b "$tmp/p1/jar" -H "X-Forwarded-For: 198.18.7.7" -H 'Sec-Fetch-Site: same-origin' -o "$tmp/body" -w '%{http_code}\n' --data-urlencode "jeton=$(token "$tmp/p1/page")" \
	--data-urlencode "cle=$key" --data-urlencode 'titre=Ligne 1, autrement' --data-urlencode 'chapo=Mes mots' "$BASE/atelier/$code" >"$tmp/status"
is "$(cat "$tmp/status")" 422 "by the form too"
like "$(cat "$tmp/body")" 'Ligne 1, autrement' "which keeps what was typed"
unlike "$(key_of)" "^$key\$|^$" "under another key"
get "/atelier/$code.json"
is "$(jq_ '"\(.total) \(.contributions | length) \([.contributions[].titre] | unique | length)"')" "50 50 50" "the board has them all"
last=$(jq_ '.contributions[0].id')
get "/atelier/$code.json?apres=$last"
is "$(jq_ '.contributions | length')" 0 "and nothing new after the last"
get "/atelier/$code"
unlike "$(cat "$tmp/body")" 'essai.example|reprendre/' "the page shows no address and no link of anybody"

# Each is claimed: by its link, with an account.
login contributeur@demo.example "$tmp/jar-c"
get "$(head -n 1 "$tmp/links")"
is "$status" 200 "the link shows the text without an account"
claimed=0
while read -r link; do
	curl -sS -o "$tmp/body" -b "$jar" "$BASE$link"
	t=$(token)
	s=$(curl -sS -m 30 -b "$jar" -H 'Sec-Fetch-Site: same-origin' -o /dev/null -D "$tmp/head" -w '%{http_code}' --data-urlencode "jeton=$t" "$BASE$link" -d "cle=$mark$claimed")
	[ "$s" = 303 ] && grep -qi '^location: /fiches/[0-9]*/modifier' "$tmp/head" && claimed=$((claimed + 1))
done <"$tmp/links"
is "$claimed" 50 "each of the fifty becomes a draft"
is "$(sql "select count(*) from workshop_note n join work w on w.sheet_id = n.sheet_id where n.workshop_id = $number and w.state = 'brouillon' and w.content->>'titre' = n.content->>'titre'
	and w.content->'territoires' = '[\"commune:97410\"]'")" 50 "with its words and the place of the session"
link=$(head -n 1 "$tmp/links")
login animateur@demo.example
form=/ateliers post "$link" "cle=$mark-encore"
is "$status" 409 "what somebody took is not taken twice"

# Without a network.
get "/atelier/$code/hors-ligne"
like "$(head_of Content-Disposition)" "attachment; filename=\"atelier-$code.html\"" "the form is one file"
unlike "$(cat "$tmp/body")" 'src=|href="http|@import|url\(' "that asks for nothing"
cat >"$tmp/brought.json" <<J
{"atelier":"$code","notes":[
 {"cle":"hors-ligne-1$mark","jeton":"$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')","nom":"Sans réseau","type":"methode","titre":"Écrite dans un village","chapo":"Sans aucun réseau","courriel":"rapporte-$mark@essai.example"},
 {"cle":"hors-ligne-2$mark","jeton":"$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')","nom":"","type":"exemple","titre":"Une autre </script><b>","chapo":"","courriel":""}]}
J
bring() { curl -sS -m 30 -b "$jar" -o "$tmp/body" -w '%{http_code}' -H 'Sec-Fetch-Site: same-origin' -F act=apporter -F "jeton=$(get "/ateliers/$number" -b "$jar"; token)" -F "cle=apport$RANDOM$RANDOM" -F "fichier=@$1" "$BASE/ateliers/$number"; }
is "$(bring "$tmp/brought.json")" 200 "its file is brought back"
like "$(cat "$tmp/body")" '2 contributions rapportées, 0 déjà là' "and counted"
like "$(bring "$tmp/brought.json"; cat "$tmp/body")" '0 contribution rapportée, 2 déjà là' "twice is once"
echo '{"notes": 3' >"$tmp/bad.json"
is "$(bring "$tmp/bad.json")" 422 "a file that is not one is refused with a reason"
is "$(sql "select count(*) from mail_outbox where recipient = 'rapporte-$mark@essai.example' and kind = 'atelier'")" 1 "who gave an address is sent their link, once"

# Off the board, and the end.
note=$(sql "select min(id) from workshop_note where workshop_id = $number and offline")
form=/ateliers/$number post "/ateliers/$number" act=masquer "contribution=$note"
get "/atelier/$code.json"
is "$(jq_ .total)" 51 "what the host takes off is not on the board"
login contributeur@demo.example
get "/ateliers/$number" -b "$jar"
is "$status" 403 "and nobody else hosts"
login animateur@demo.example
form=/ateliers/$number post "/ateliers/$number" act=fermer
is "$status" 303 "the session ends"
status=$(curl -sS -o "$tmp/body" -w '%{http_code}' -H 'Content-Type: application/json' -H 'Sec-Fetch-Site: same-origin' -H "Idempotency-Key: tard$mark$RANDOM" -d '{"titre":"Trop tard","chapo":"texte gardé"}' "$BASE/atelier/$code.json")
is "$status" 409 "and takes nothing more"
get "/ateliers/$number.csv" -b "$jar"
is "$(wc -l <"$tmp/body")" 53 "the host takes all of it away"
sql "delete from workshop_note where workshop_id = $number; delete from workshop where id = $number" >/dev/null
end
