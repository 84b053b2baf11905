#!/usr/bin/env bash
# How far a session that is half open, a token, a spelling go: whoever decides has a second factor whatever they come with; a token does
# what its scopes say wherever it is sent; an address has one spelling, so that tries are counted once.
. "$(dirname "$0")/lib.sh"
pg() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -X -q -t -A -d catalyse -c "$1"; }
sql() { pg "set search_path to private, catalyse, public; $1"; }
mark=$RANDOM$RANDOM
chief=ikki-$mark@essai.example secret='cheval agrafe pile correct'
trap 'sql "delete from adoption where who like '"'%-$mark'"'; delete from attempt; delete from account where email like '"'%-$mark@essai.example'"'" >/dev/null; rm -rf "$tmp"' EXIT
run() { "$top_builddir/catalyse" account "$@" --config "$VAR/catalyse.conf" 2>&1; }
# A token of the API, as the page of the account makes them.
hand() { # EMAIL SCOPES: in $key
	key=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')
	sql "insert into api_token (hash, account_id, name, scopes, expires_at) select encode(sha256(convert_to('$key', 'UTF8')), 'hex'), id, 'essai', '{$2}', now() + interval '1 day' from account where email = '$1'" >/dev/null
}
as() { get "$1" -X POST -H "Authorization: Bearer $key" -H "$(elsewhere)" "${@:2}"; }

# One who decides and has no second factor yet: a role just given, or a token made before it.
run create "$chief" --name "Essai $mark" --password-file - <<<"$secret" >/dev/null
is $? 0 "an account"
jar=$tmp/jar
form=/connexion post /connexion "courriel=$chief" "mot_de_passe=$secret"
get /compte -b "$jar"
is "$status" 200 "without a role the password is enough"
hand "$chief" lire,ecrire,relire
as /administration/roles -d x=1
is "$status" 403 "its token decides nothing"
run role add "$chief" --role administrateur >/dev/null
: >"$jar"
form=/connexion post /connexion "courriel=$chief" "mot_de_passe=$secret"
is "$(head_of Location)" /connexion/second-facteur "with one, it leads to the second factor"
for path in /mon-espace /compte /compte/export /moderation /administration/roles /contribuer/fiche; do
	get $path -b "$jar"
	is "$status $(head_of Location)" "303 /connexion/second-facteur?retour=$path" "$path waits for it"
done
get /connexion/second-facteur -b "$jar"
get /compte/jetons -X POST -b "$jar" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token)" -d jeton_nom=essai -d jeton_portees=relire
is "$status" 403 "no token is made without it"
as /administration/roles -d "courriel=$chief" -d role=administrateur
is "$status" 403 "nor does the token it had decide"
get /administration/journal.json -H "Authorization: Bearer $key"
is "$status" 403 "nor read what is theirs to read"
run second-factor "$chief" --new >/dev/null
get /administration/journal.json -H "Authorization: Bearer $key"
is "$status" 200 "once there is one, it does"

# Where anybody may post, a token says for whom it speaks: it may write, or it sends nothing.
sheet=$(sql "select min(id) from sheet where state = 'publiee'")
trial=(-d territoire=pays:FR -d resultat=reussi --data-urlencode "qui=Essai-$mark")
hand "$chief" lire
as "/fiches/$sheet/adopter" "${trial[@]}"
is "$status $(sql "select count(*) from adoption where who = 'Essai-$mark'")" "403 0" "a token that reads does not publish a trial"
key=nimporte-quoi-$mark
as "/fiches/$sheet/adopter" "${trial[@]}" -d courriel=visiteur@essai.example
is "$status" 401 "nor one that is nobody's"

# Deciding of a sheet is a scope of its own, of one's own sheet too.
id=$(sql "insert into work (content, created_by, saved_by) select '{\"titre\": \"Essai $mark\"}', id, id from account where email = '$chief' returning sheet_id")
sql "insert into work_author (sheet_id, account_id, role) select $id, id, 'auteur' from account where email = '$chief';
	update work set state = 'soumise', submitted_at = now() where sheet_id = $id" >/dev/null
hand "$chief" ecrire
as "/fiches/$id/actions" -H 'Content-Type: application/json' -d '{"act": "prendre"}'
is "$status $(sql "select state from work where sheet_id = $id")" "403 soumise" "a token that writes takes no sheet"
as "/fiches/$id/actions" -H 'Content-Type: application/json' -d '{"act": "reprendre"}'
is "$status $(sql "select state from work where sheet_id = $id")" "200 brouillon" "it does what an author does"
sql "delete from work where sheet_id = $id" >/dev/null

# The password of an account, tried from a form whose session ended: the same count, however the address is written.
sql "delete from attempt" >/dev/null
sure=simple-$mark@essai.example
run create "$sure" --name "Essai $mark" --password-file - <<<"$secret" >/dev/null
resumed() { # ADDRESS PASSWORD
	get /fiches -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' -d titre=Essai --data-urlencode "connexion_courriel=$1" --data-urlencode "connexion_mot_de_passe=$2"
}
spaces=
for n in 1 2 3 4 5 6 7 8 9 10; do
	spaces+=' '
	resumed "$spaces${sure^^}$spaces" pas-le-bon-du-tout
done
is "$status" 401 "wrong ten times"
resumed "   $sure" "$secret"
is "$status" 401 "the eleventh is not looked at, whatever the spaces"
like "$(cat "$tmp/body")" "Trop d’essais" "and says so"
is "$(sql "select count(*) from attempt where kind = 'connexion'")" 1 "one address, one count"
sql "delete from attempt" >/dev/null
resumed "$(sed 's/i/İ/' <<<"$sure")" "$secret"
is "$status" 401 "a letter whose small one is an i is another letter"
resumed " $sure " "$secret"
unlike "$status" '^401$' "the address as it is opens"
jar=
slowly=2.1 post /mot-de-passe "courriel=$(sed 's/i/İ/' <<<"$sure")"
is "$status" 422 "no link is sent to an address that is nearly somebody's"
# From one place, whatever the accounts: a form resumed knocks at the same door.
sql "delete from attempt" >/dev/null
knock() { get /fiches -X POST -H 'X-Forwarded-For: 2001:db8:1:2::'"$1" -H 'Sec-Fetch-Site: same-origin' -d titre=Essai -d "connexion_courriel=foule-$1@essai.example" -d connexion_mot_de_passe=pas-le-bon; }
knock 1
sql "update attempt set n = 60 where kind = 'porte'" >/dev/null
knock 2
like "$(cat "$tmp/body")" "Trop d’essais" "sixty tries from one network, then one waits"
is "$(sql "select count(*) from attempt where kind = 'porte'")" 1 "a network of IPv6 is one visitor"
sql "delete from attempt" >/dev/null
end
