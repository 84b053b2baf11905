#!/usr/bin/env bash
# Accounts: signing up to the link of the mail, signing in and out, sessions, another password, another address, second factor, keys.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -X -q -t -A -d catalyse -c "set search_path to private, catalyse, public" -c "$1"; }
mark=$RANDOM$RANDOM
me=essai-$mark@essai.example password='cheval agrafe pile correct' other='tournesol gamelle bitume orage'
trap 'sql "delete from account where email like '"'%-$mark@essai.example'"'" >/dev/null; rm -rf "$tmp" "$VAR"/jar-*@essai.example' EXIT
cookie() { awk '$6 == "session" { print $7 }' "${1:-$jar}"; }
in_() { get /compte -b "session=$1"; [ "$status" = 200 ]; }

# Signing up: what is missing is said, what was typed is given back, and nothing exists before the link of the mail.
jar=$tmp/jar
post /inscription nom=Essai "courriel=$me" "mot_de_passe=$password" charte=1
is "$status" 422 "a form that comes back at once is refused"
like "$(cat "$tmp/body")" "value=\"$me\"" "and keeps what was typed"
unlike "$(cat "$tmp/body")" "$password" "but for the password"
slowly=2.1 post /inscription nom=Essai "courriel=$me" mot_de_passe=catalyse2026
is "$status" 422 "a short password, and no charter"
is "$(grep -c 'class="faute"' "$tmp/body")" 2 "two faults beside their fields"
slowly=2.1 post /inscription nom=Essai "courriel=$me" "mot_de_passe=$password" charte=1 site_web=http://x
is "$status" 200 "a machine that fills everything is answered alike"
slowly=2.1 post /inscription nom=Essai "courriel=$me" "mot_de_passe=$password" charte=1
is "$status" 200 "signing up"
like "$(cat "$tmp/body")" 'Regardez vos courriels' "sends to the mail"
is "$(sql "select count(*) from account where email = '$me'")" 0 "no account before the link"
letter "$me"
is "$(grep -c "^X-RcptTo: $me" /dev/null "$VAR"/mail/new/* | grep -c ':1$')" 1 "one mail, none for the machine"
link=$(link /inscription/confirmer)
like "$link" 'jeton=' "the mail holds a link"
is "$(sql "select count(*) from token where hash = '${link##*=}'")" 0 "the database has its sum only"
is "$(sql "select count(*) from token where hash = '$(printf %s "${link##*=}" | sha256sum | cut -d' ' -f1)'")" 1 "which is there"
for n in 1 2 3; do get "$link"; done
is "$status" 200 "a scanner follows the link"
is "$(sql "select count(*) from account where email = '$me'")" 0 "and opens nothing"
post "$link"
is "$status" 303 "the button opens the account"
like "$(head_of Set-Cookie)" '^session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax$' "and a session, out of reach of scripts"
get "$link"
is "$status" 410 "once"
get "${link}x"
is "$status" 404 "and not another"
first=$(cookie)
in_ "$first"
ok $? "one is in"
is "$(sql "select count(*) from session where hash = '$first'")" 0 "what the database holds is no cookie"
hash=$(sql "select hash from session s join account a on a.id = s.account_id where a.email = '$me'")
in_ "$hash"
is "$status" 303 "and opens nothing"
is "$(sql "select string_agg(action, ',') from journal where object = 'compte' and object_id = (select id from account where email = '$me')")" compte_cree "the journal has it"

# An address that has an account gets another mail, and the same answer.
jar=$tmp/jar2
slowly=2.1 post /inscription nom=Essai "courriel=$me" "mot_de_passe=$password" charte=1
is "$status" 200 "signing up twice is answered alike"
letter "$me"
like "$(cat "$tmp/letter")" 'qui en a déjà un' "but the mail says so"

# Signing in: wrong, right, never with an identifier chosen by somebody.
: >"$jar"
form=/connexion post /connexion "courriel=$me" mot_de_passe=pas-le-bon-du-tout
is "$status" 422 "a wrong password is refused"
like "$(cat "$tmp/body")" 'ne convient pas' "and said"
unlike "$(cat "$tmp/head")" '^Set-Cookie' "without a cookie"
chosen=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
printf '127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t%s\n' "$chosen" >"$jar"
form=/connexion post /connexion "courriel=$me" "mot_de_passe=$password" retour=/fiches?q=a
is "$status $(head_of Location)" "303 /fiches?q=a" "the right one opens, and leads back"
second=$(cookie)
[ "$second" != "$chosen" ]
ok $? "under a name of ours"
in_ "$chosen"
is "$status" 303 "never under one that was chosen"
get /connexion?retour=//ailleurs.example/ -b "$jar"
is "$(head_of Location)" '/mon-espace' "whoever is in is not asked again, nor led elsewhere"
get "/connexion?retour=https://ailleurs.example/"
unlike "$(cat "$tmp/body")" 'ailleurs.example"' "no way out of the site"

# Another password: all the other sessions end, this one changes its name.
third=$(cookie)
post_() { form=/compte post "$@"; }
post_ /compte/mot-de-passe mot_de_passe_actuel=faux-du-tout "mot_de_passe_nouveau=$other"
is "$status" 422 "another password wants the present one"
post_ /compte/mot-de-passe "mot_de_passe_actuel=$password" "mot_de_passe_nouveau=$other"
is "$status $(head_of Location)" "303 /compte?fait=mot-de-passe" "and is taken"
fourth=$(cookie)
in_ "$first"; a=$status
in_ "$third"; b=$status
in_ "$fourth"
is "$a $b $status" "303 303 200" "the other sessions are cut, this one has another name"
letter "$me"
like "$(cat "$tmp/letter")" 'mot de passe de votre compte vient d’être changé' "a mail tells it"
password=$other

# Sessions: listed, one closed by its number, never somebody else's.
jar=$tmp/jar3
form=/connexion post /connexion "courriel=$me" "mot_de_passe=$password"
fifth=$(cookie)
id=$(sql "select id from session where hash = '$(printf %s "$fourth" | sha256sum | cut -d' ' -f1)'")
login contributeur@demo.example "$tmp/jar4"
post_ /compte/sessions "session=$id"
in_ "$fourth"
ok $? "nobody closes the session of another"
jar=$tmp/jar3
get /compte -b "$jar"
is "$(grep -c "name=\"session\" value=\"$id\"" "$tmp/body")" 1 "one's sessions are listed"
post_ /compte/sessions "session=$id"
in_ "$fourth"; a=$status
in_ "$fifth"
is "$a $status" "303 200" "and closed one by one"

# A link for another password.
jar=$tmp/jar5
post /mot-de-passe "courriel=$me"
is "$status" 200 "a link is asked for"
letter "$me"
link=$(link /mot-de-passe/choisir)
get "$link"
get "$link"
is "$status" 200 "GET changes nothing"
post "$link" mot_de_passe=azertyuiop12
is "$status" 422 "a poor password is refused, the link stays good"
post "$link" "mot_de_passe=fauteuil marmotte zinc argile"
is "$status" 303 "the link gives another password"
password='fauteuil marmotte zinc argile'
in_ "$fifth"
is "$status" 303 "and cuts the sessions"
letter "$me"
like "$(cat "$tmp/letter")" 'par un lien envoyé' "and a mail tells it"
get "$link"
is "$status" 410 "once"

# Another address: from the new one only; the former one is told.
post_ /compte/adresse "courriel=neuf-$mark@essai.example" "mot_de_passe=$password"
is "$status $(head_of Location)" "303 /compte?fait=adresse-demandee" "another address is asked for"
letter "$me"
like "$(cat "$tmp/letter")" 'Une autre adresse a été demandée' "the former one is told"
letter "neuf-$mark@essai.example"
link=$(link /compte/adresse/confirmer)
is "$(sql "select count(*) from account where email = '$me'")" 1 "nothing changes before the link"
jar=$tmp/jar6
post "$link"
is "$status" 303 "the link of the new one does it, from any browser"
is "$(sql "select count(*) from account where email = 'neuf-$mark@essai.example'")" 1 "it is the address now"
get "$link"
is "$status" 410 "once"
me=neuf-$mark@essai.example
jar=$tmp/jar5
post_ /compte/adresse courriel=contributeur@demo.example "mot_de_passe=$password"
is "$status $(head_of Location)" "303 /compte?fait=adresse-demandee" "an address that somebody has is answered alike"

# Second factor: set up with its code, a code is good once, a code of rescue too.
get /connexion/second-facteur -b "$jar"
totp=$(grep -o 'class="secret">[^<]*' "$tmp/body" | sed 's/.*>//' | tr -d ' ')
is "${#totp}" 32 "a secret is proposed"
sealed=$(grep -o 'name="secret" value="[^"]*"' "$tmp/body" | sed 's/.*value="//; s/"$//')
unlike "$sealed" "$totp" "sealed in the form"
like "$(cat "$tmp/body")" '<svg class="qr"' "and drawn"
form=/connexion/second-facteur post /connexion/second-facteur "secret=$sealed" code=000000
is "$status" 422 "a wrong code sets nothing up"
code=$(totp_code me)
form=/connexion/second-facteur post /connexion/second-facteur "secret=$sealed" "code=$code"
is "$status $(grep -o '<li><code>' "$tmp/body" | wc -l)" "200 10" "the right one does, and gives ten codes of rescue"
rescue=$(grep -o '<li><code>[^<]*' "$tmp/body" | head -n 1 | sed 's/.*>//')
is "$(sql "select count(*) from account where email = '$me' and totp like '%$totp%'")" 0 "the secret is sealed in the database"
jar=$tmp/jar7
form=/connexion post /connexion "courriel=$me" "mot_de_passe=$password"
is "$(head_of Location)" /connexion/second-facteur "the password alone leads to the code"
get /compte -b "$jar"
is "$status $(head_of Location)" "303 /connexion/second-facteur?retour=/compte" "and to nothing else"
half=$(cookie)
post /connexion/second-facteur "code=$code"
is "$status" 422 "a code that served is refused"
post /connexion/second-facteur "code=$rescue"
is "$status" 303 "a code of rescue opens"
in_ "$(cookie)"; a=$status
in_ "$half"
is "$a $status" "200 303" "under another name"
: >"$jar"
form=/connexion post /connexion "courriel=$me" "mot_de_passe=$password"
post /connexion/second-facteur "code=$rescue"
is "$status" 422 "once"
login "$me" "$jar"
ok $? "the next code of the application opens"
post_ /compte/codes-de-secours mot_de_passe_codes=autre-chose-encore
is "$status" 422 "new codes of rescue want the password"
post_ /compte/codes-de-secours "mot_de_passe_codes=$password"
is "$status $(grep -o '<li><code>' "$tmp/body" | wc -l)" "200 10" "codes of rescue are made again"

# Another telephone: by whoever is in, and knows the password.
get '/connexion/second-facteur?remplacer=1' -b "$jar"
former=$totp totp=$(grep -o 'class="secret">[^<]*' "$tmp/body" | sed 's/.*>//' | tr -d ' ')
sealed=$(grep -o 'name="secret" value="[^"]*"' "$tmp/body" | sed 's/.*value="//; s/"$//')
form='/connexion/second-facteur?remplacer=1' post /connexion/second-facteur "secret=$sealed" remplacer=1 "code=$(totp_code me)" mot_de_passe=autre-chose-encore
is "$status" 422 "another telephone wants the password"
form='/connexion/second-facteur?remplacer=1' post /connexion/second-facteur "secret=$sealed" remplacer=1 "code=$(totp_code me)" "mot_de_passe=$password"
is "$status $([ "$totp" != "$former" ] && grep -o '<li><code>' "$tmp/body" | wc -l)" "200 10" "and with it takes the place of the former"

# Keys of the API: shown once, as far as their scopes go.
post_ /compte/jetons jeton_nom=essai jeton_portees=lire jeton_portees=relire
is "$status" 422 "whoever has nothing to review has no key for it"
post_ /compte/jetons jeton_nom=essai jeton_portees=lire jeton_jours=30
is "$status" 200 "a key is made"
key=$(grep -o 'class="secret">[^<]*' "$tmp/body" | sed 's/.*>//')
is "${#key}" 43 "shown"
unlike "$(get /compte -b "$jar"; cat "$tmp/body")" "$key" "once"
is "$(sql "select count(*) from api_token where hash = '$(printf %s "$key" | sha256sum | cut -d' ' -f1)' and expires_at < now() + interval '31 days'")" 1 "kept as a sum"
get /compte -H "Authorization: Bearer $key"
is "$status" 403 "a key does not manage the account"
id=$(grep -o 'name="jeton_api" value="[0-9]*"' "$tmp/body" | grep -o '[0-9]*' || sql "select max(id) from api_token")
post_ /compte/jetons/revoquer "jeton_api=$id"
is "$status $(sql "select count(*) from api_token where id = $id")" "303 0" "and is taken back"
post_ /compte/courriels niveau=resume sortes=decision
is "$status $(sql "select level from mail_preference p join account a on a.id = p.account_id where email = '$me'")" "303 resume" "what one receives"

# Out: the cookie is worth nothing any more.
kept=$(cookie)
post_ /deconnexion
is "$status" 303 "out"
is "$(head_of Clear-Site-Data)" '"cookies", "storage"' "and the browser forgets"
in_ "$kept"
is "$status" 303 "the cookie kept by somebody opens nothing"

# A form sent after the session ended: what was typed comes back, and goes on once signed in, second factor included.
jar=$tmp/jar8
get /connexion
resumed=$(token)
get /compte/nom -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' -c "$jar" --data-urlencode "jeton=$resumed" -d nom=Repris
is "$status" 401 "a form without session"
like "$(cat "$tmp/body")" 'name="nom" value="Repris"' "is given back"
get /compte/nom -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' -c "$jar" --data-urlencode "jeton=$(token)" -d nom=Repris \
	--data-urlencode "connexion_courriel=$me" --data-urlencode "connexion_mot_de_passe=$password"
is "$status" 403 "with the password it waits for the code"
like "$(cat "$tmp/body")" 'name="nom" value="Repris"' "and keeps what was typed"
again=$(token)
for n in 1 2 3; do
	get /compte/nom -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' -b "$jar" -c "$jar" --data-urlencode "jeton=$again" -d nom=Repris \
		-d "connexion_code=$(totp_code me)"
	[ "$status" != 303 ] || break
	next_code
done
is "$status $(sql "select name from contributor c join account a using (id) where email = '$me'")" "303 Repris" "then it is done"

# Ten tries an account, then a wait, and never a lock.
jar=
for n in 1 2 3 4 5 6 7 8 9 10; do form=/connexion post /connexion "courriel=personne-$mark@essai.example" mot_de_passe=pas-le-bon-du-tout; done
is "$status" 422 "ten tries"
form=/connexion post /connexion "courriel=personne-$mark@essai.example" mot_de_passe=pas-le-bon-du-tout
is "$status" 429 "then a wait, for an account or nobody's"
like "$(head_of Retry-After)" '^[0-9]+$' "which is said"
like "$(cat "$tmp/body")" 'rien n’est bloqué' "kindly"
unset totp password

# The operator's command.
run() { "$top_builddir/catalyse" account "$@" --config "$VAR/catalyse.conf" 2>&1; }
run suspend "$me" >/dev/null
is "$? $(sql "select state from account where email = '$me'")" "0 suspendu" "suspended"
run suspend "$me" >/dev/null
is $? 1 "once"
run role add "$me" --role animateur --territory region:04 >/dev/null
is "$? $(run list --json | jq -r ".[] | select(.courriel == \"$me\") | .roles")" "0 animateur region:04" "a role is given"
run role add "$me" --role animateur --territory region:999 >/dev/null
is $? 1 "of a territory that exists"
run role add "$me" --role animateur >/dev/null
is $? 2 "and that is named"
run role remove "$me" --role animateur --territory region:04 >/dev/null
is $? 0 "and taken away"
run restore "$me" >/dev/null
is $? 0 "given back"
like "$(run second-factor "$me" --new)" '^otpauth://totp/Catalyse:' "a second factor"
run second-factor "$me" --off >/dev/null
is "$? $(sql "select totp is null from account where email = '$me'")" "0 t" "or none"
run sessions "$me" --cut >/dev/null
is $? 0 "sessions cut"
run list --nimporte >/dev/null
is $? 2 "an unknown option"
login animateur@demo.example
is $? 0 "whoever decides gives a second factor"
end
