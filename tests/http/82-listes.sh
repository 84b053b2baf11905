#!/usr/bin/env bash
# Things kept together: in an address, without an account; in a list of an account, shown by a link that nobody guesses.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "$1"; }
me=$(sql "select id from private.account where email = 'contributeur@demo.example'")
trap 'sql "delete from private.shelf where name like '"'Essai $$%'"'"; rm -rf "$tmp"' EXIT
read -r a b <<<"$(curl -s "$BASE/fiches.json?taille=2&tri=recent" | jq -r '[.elements[].id] | join(" ")')"
c=$(curl -s "$BASE/catalyseurs.json?taille=1" | jq -r '.elements[0].id')

# In an address.
get "/listes?f=$b,$a&c=$c"
is "$status" 200 "a list is an address"
like "$(head_of Cache-Control)" 'private, no-cache|public' "the same for everybody"
is "$(grep -o 'href="/fiches/[a-z0-9-]*-[0-9]*"' "$tmp/body" | grep -o '[0-9]*"' | tr -d '"\n')" "$b$a" "in the order given"
like "$(cat "$tmp/body")" "href=\"/imprimer\?fiche=$b&amp;fiche=$a\"" "it is printed as a booklet"
like "$(cat "$tmp/body")" "href=\"/listes\?f=$b&amp;c=$c\"" "a thing is taken out by a link"
like "$(cat "$tmp/body")" "href=\"/mon-espace/listes\?f=$b,$a&amp;c=$c\"" "and all of it kept with an account"
like "$(cat "$tmp/body")" 'name="robots" content="noindex"' "it is nobody's page for a search engine"
get "/listes.json?f=$b,$a&c=$c"
is "$(jq_ '[.elements[] | .sorte + .quoi] | join(" ")')" "fiche$b fiche$a catalyseur$c" "as data"
is "$(jq_ '.total')" 3 "counted"
get "/listes.csv?f=$b,$a"
is "$(head -n 1 "$tmp/body" | tr -d '\r')" 'sorte;quoi;titre;resume;url' "as a table"
is "$(wc -l <"$tmp/body")" 3 "of all of it"
get "/listes?f=$a&plus=$b"
is "$(head_of Location)" "/listes?f=$a,$b" "a sheet is added by its number, without a script"
get "/listes?f=$a&plus=$a"
is "$(head_of Location)" "/listes?f=$a" "once"
get "/listes?f=999999,$a"
like "$(cat "$tmp/body")" 'Fiche 999999.*plus en ligne' "what is not online is said"
for bad in 'f=abc' 'c=0' 'p=../x' 'u=/administration' 'u=/mon-espace' 'u=//ailleurs.example' 'f=99999999999'; do
	get "/listes?$bad"
	is "$status" 400 "not kept: $bad"
done
get "/listes?f=$(seq -s, 1 80)"
is "$status" 200 "a long list"
is "$(grep -o 'class="gardee-titre"' "$tmp/body" | wc -l)" 60 "holds sixty"
get '/listes?u=/boussole/chemin?qui%3Delu'
like "$(cat "$tmp/body")" 'href="/boussole/chemin\?qui=elu">Un chemin de la boussole' "a path of the compass is kept too"
get /boussole/chemin
keep=$(grep -o 'href="/listes/ajouter?adresse=[^"]*"' "$tmp/body" | head -n 1 | sed 's/href="//; s/"$//; s/&amp;/\&/g')
get "$keep"
is "$status" 200 "which leads there"
get /listes
is "$status" 200 "without anything, it says how"
unlike "$(cat "$tmp/body")" 'Set-Cookie' "and keeps nothing of anybody"

# The way there from a sheet, without a script.
get "/fiches/$a" -L
like "$(cat "$tmp/body")" "href=\"/listes/ajouter\?fiche=$a\"" "a sheet may be kept"
get "/catalyseurs/$c" -L
like "$(cat "$tmp/body")" "href=\"/listes/ajouter\?catalyseur=$c\"" "a catalyst too"
get "/listes/ajouter?fiche=$a"
is "$status" 200 "without an account"
like "$(cat "$tmp/body")" "href=\"/listes\?f=$a\"" "a list in an address"
like "$(cat "$tmp/body")" "href=\"/connexion\?retour=/listes/ajouter[^\"]*fiche[^\"]*$a\"" "or an account"
get "/listes/ajouter?fiche=999999"
is "$status" 404 "not what is not there"
get "/listes/ajouter?adresse=/administration/roles"
is "$status" 404 "nor what is not public"
get "/mon-espace/listes"
is "$status" 303 "one's lists are one's own"

# With an account.
login contributeur@demo.example
form="/listes/ajouter?fiche=$a" post "/listes/ajouter" "fiche=$a" "nom=Essai $$ un"
is "$status" 303 "a first list is made with a sheet"
mine=$(head_of Location)
mine=${mine%\?*}
like "$mine" '^/mon-espace/listes/[0-9]+$' "and opens"
id=${mine##*/}
form="/listes/ajouter?catalyseur=$c" post "/listes/ajouter" "catalyseur=$c" "liste=$id"
is "$status" 303 "a catalyst goes into it"
form="/listes/ajouter?catalyseur=$c" post "/listes/ajouter" "catalyseur=$c" "liste=$id"
is "$(sql "select count(*) from private.shelf_item where shelf_id = $id")" 2 "once"
form="/listes/ajouter?fiche=$b" post "/listes/ajouter" "fiche=$b"
is "$status" 422 "somewhere it must be kept"
form="/listes/ajouter?adresse=/boussole/chemin?qui=elu" post "/listes/ajouter" 'adresse=/boussole/chemin?qui=elu' 'titre=Pour une petite commune' "liste=$id"
is "$status" 303 "a page of the site, under a name of one's own"
get "$mine" -b "$jar"
like "$(cat "$tmp/body")" 'Pour une petite commune' "all of it is there"
like "$(cat "$tmp/body")" 'Vous seul la voyez' "seen by nobody else"
form=$mine post "$mine" act=partager
code=$(sql "select code from private.shelf where id = $id")
like "$code" '^[A-Za-z0-9_-]{43}$' "a link is made, that nobody guesses"
form=$mine post "$mine" act=partager
is "$(sql "select code from private.shelf where id = $id")" "$code" "the same when asked again"
get "/listes/$code"
is "$status" 200 "whoever has it reads the list"
like "$(head_of Cache-Control)" 'no-store' "kept by no cache"
like "$(cat "$tmp/body")" "Essai $$ un" "its name"
unlike "$(cat "$tmp/body")" 'contributeur@|name="act"|Retirer' "nobody's name, and nothing to change"
get "/listes/$code.json"
is "$(jq_ '[.elements[] | .sorte] | join(" ")')" 'fiche catalyseur page' "as data"
get "/listes/$code.csv"
is "$(wc -l <"$tmp/body")" 4 "as a table"
form=$mine post "$mine" act=retirer sorte=catalyseur "quoi=$c"
is "$(sql "select count(*) from private.shelf_item where shelf_id = $id")" 2 "a thing is taken out"
form=$mine post "$mine" act=renommer "nom=Essai $$ deux" 'note=Pour la réunion du 12.'
get "/listes/$code"
like "$(cat "$tmp/body")" "Essai $$ deux.*" "it is renamed"
like "$(cat "$tmp/body")" 'réunion du 12' "with a note"
form=$mine post "$mine" act=cacher
get "/listes/$code"
is "$status" 404 "the link is taken back"
get "/listes/${code%?}A"
is "$status" 404 "another opens nothing"
form="/mon-espace/listes" post "/mon-espace/listes" "nom=Essai $$ trois" "f=$a,$b" "c=$c" 'u=/fiches?theme=alimentation'
is "$(sql "select string_agg(kind, ' ' order by position) from private.shelf_item i join private.shelf s on s.id = i.shelf_id where s.name = 'Essai $$ trois'")" \
	'fiche fiche catalyseur page' "a list in an address becomes one of an account"
e=$(sql "select id from catalyse.event order by id limit 1")
p=$(sql "select slug from catalyse.parcours where state = 'publiee' order by id limit 1")
get "/listes.json?e=$e&p=$p"
is "$(jq_ '[.elements[] | .sorte + (.url | tostring | sub("^https?://[^/]*"; "") | split("/")[1])] | join(" ")')" 'evenementevenements parcoursparcours' "events and parcours are kept too"
get "$(jq_ '.elements[0].url' | sed "s,^$BASE,,")"
like "$(cat "$tmp/body")" "href=\"/listes/ajouter\?evenement=$e\"" "from their pages"
like "$(sql "select private.account_export($me)->'listes'")" "Essai $$ trois" "one's lists are among what one takes away"

# In somebody else's page: no cookie, no script, framed by anybody.
code=$(sql "update private.shelf set code = translate(encode(sha256('essai-$$'), 'base64'), '+/=', '-_') where name = 'Essai $$ trois' returning code")
e=$(sql "select address from catalyse.event order by id limit 1")
for path in "/integrer/listes?f=$a,$b&c=$c" "/integrer/listes/$code" /integrer/evenements "/integrer/evenements?periode=passes" "/integrer/evenements/$e" \
	"/integrer/catalyseurs/$c" "/integrer/catalyseurs?territoire=commune:97410" "/integrer/fiches/$a"; do
	get "$path"
	is "$status" 200 "a frame: ${path%%\?*}"
	like "$(head_of content-security-policy)" 'frame-ancestors \*' "any site may frame it"
	unlike "$(cat "$tmp/head")" '[Ss]et-[Cc]ookie' "without a cookie"
	unlike "$(cat "$tmp/body")" '<script|href="/[^a]' "nor a script, nor an address that only holds here"
done
get "/integrer/evenements?periode=passes&taille=3"
is "$(grep -o "<li><a href=\"$BASE/evenements/" "$tmp/body" | wc -l)" 3 "as many as asked"
get "/integrer/evenements?periode=passes&taille=3&compact=1"
is "$(grep -c 'À distance' "$tmp/body")" 0 "in few words"
for path in "/fiches/$a" "/catalyseurs/$c" "/evenements/$e" /evenements "/listes?f=$a,$b" "/listes/$code" '/territoires/commune/97410-saint-benoit'; do
	get "/integrer/oembed?url=$(jq -rn --arg x "$BASE$path" '$x|@uri')&maxheight=200"
	is "$status" 200 "oEmbed of ${path%%\?*}"
	src=$(jq_ .html | grep -o 'src="[^"]*"' | sed 's/src="//; s/"$//; s/&amp;/\&/g')
	is "$(curl -s -o /dev/null -w '%{http_code}' "$src")" 200 "its frame is there"
	is "$(jq_ '.height <= 200')" true "no higher than asked"
done
for path in /listes /listes/ajouter /mon-espace/listes "/listes/${code%?}"; do
	get "/integrer/oembed?url=$BASE$path"
	is "$status" 404 "no frame of ${path/$code/}"
done
get "/integrer?quoi=catalyseurs&territoire=Saint-Beno%C3%AEt+(974)&compact=1&nombre=4&hauteur=300"
like "$(cat "$tmp/body")" '<iframe class="integrer-vue" src="/integrer/catalyseurs\?territoire=commune:97410&amp;taille=4&amp;compact=1" [^>]*height="300"' "the builder understands a place in words, and shows the frame"
like "$(cat "$tmp/body")" '&lt;iframe src=.*title=' "and gives the code"
get "/integrer?quoi=fiches&territoire=zzzzqqqq"
like "$(cat "$tmp/body")" 'pas de lieu nomm' "a place that it does not know is said"
get "/integrer?quoi=evenements"
like "$(cat "$tmp/body")" 'src="/integrer/evenements"' "events too"
get "/integrer?adresse=/listes/$code"
like "$(cat "$tmp/body")" "src=\"/integrer/listes/$code\"" "or a list one shares"

# Somebody else's.
login editeur@demo.example
get "$mine" -b "$jar"
is "$status" 404 "another account does not see it"
form=/mon-espace/listes post "$mine" act=supprimer
is "$status" 404 "nor deletes it"
form="/listes/ajouter?fiche=$b" post "/listes/ajouter" "fiche=$b" "liste=$id"
is "$status" 404 "nor adds to it"
login contributeur@demo.example
form=$mine post "$mine" act=supprimer
is "$(sql "select count(*) from private.shelf where id = $id")" 0 "its keeper does"
end
