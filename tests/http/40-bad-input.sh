#!/usr/bin/env bash
# Bad input: a clear message, the field's name, never a 500, and the processes are still the same afterwards.
. "$(dirname "$0")/lib.sh"
before=$(cat "$VAR"/catalysed-*.pid)
long=$(head -c 10240 /dev/zero | tr '\0' a)
huge=$(head -c 102400 /dev/zero | tr '\0' b)
# query ; statuses allowed in HTML ; in JSON ; field that the JSON must name
while IFS=';' read -r query html json field; do
	[ -n "$query" ] || continue
	query=${query//LONG/$long}
	query=${query//HUGE/$huge}
	name=${query:0:60}
	for path in /fiches /catalyseurs; do
		case $path$query in /catalyseurstype=*) continue ;; esac
		status=$(curl -sS -g -m 20 "$BASE$path?$query" -o "$tmp/body" -w '%{http_code}' 2>/dev/null) || status=000
		like "$status" "^($html)\$" "$path?$name: $html in HTML"
		unlike "$(head -c 20000 "$tmp/body" | tr -d '\0')" 'SELECT |ERROR:|/src/' "$path?$name: nothing internal is shown"
		status=$(curl -sS -g -m 20 "$BASE$path.json?$query" -o "$tmp/body" -D "$tmp/head" -w '%{http_code}' 2>/dev/null) || status=000
		like "$status" "^($json)\$" "$path.json?$name: $json"
		if [ -n "$field" ] && [ "$status" = 400 ]; then
			like "$(head_of content-type)" 'application/problem\+json' "$path.json?$name: problem+json"
			like "$(jq_ '[.erreurs[].champ] | tostring')" "$field" "$path.json?$name: names $field"
		fi
	done
done <<'T'
territoire=commune:99999;200|400|404;400|404;territoire
territoire=planete:1;200|400;400;territoire
territoire=;200|400;200|400;territoire
page=-1;200|400;400;page
page=999999;200|400|404;400|404;page
page=abc;200|400;400;page
page=99999999999999999999999;200|400;400;page
taille=0;200|400;400;taille
taille=1000;200|400;400;taille
type=xyz;200|400;400;type
theme=inconnu;200|400;400;theme
pratique=inconnue;200|400;400;pratique
odd=18;200|400;400;odd
q=%ff%fe;200|400;400;q
q=a%00b;200|400;400;q
q=%zz;200|400;400;
page=1&page=2;200|400;400;page
tri=hasard;200|400;400;tri
lat=91&lon=0;200|400;400;
q=LONG;200|400;400;q
q=HUGE;400|414;400|414;
T
for p in '/%00' '/fiches/%ff' '/fiches/..%2f..%2fetc%2fpasswd' '/fiches/0' '/fiches/99999999999999999999' '/territoires/commune/%27' \
	'/territoires/xyz/1' '//' '/./' '/fiches/' '/FICHES' '/catalyseurs/x-0' '/n-existe-pas.json'; do
	get "$p"
	like "$status" '^(200|30[1278]|400|404)$' "GET $p is answered calmly ($status)"
done
for p in '/fiches/%ff.json' '/catalyseurs/%ff%fe.geojson'; do
	get "$p"
	is "$status $(head_of Content-Type)" "400 application/problem+json" "GET $p is refused in data"
done
get /fiches/%ff -H 'Accept: application/json'
is "$status $(jq_ '.erreurs[0].champ, has("instance")' | xargs)" "400 adresse false" "an address that cannot be read is refused in the format that is accepted, by its name"
get /fiches/%ff
like "$status $(head_of Content-Type)" '^400 text/html' "and in a page for a browser"
get /fiches/-1
is "$status" 404 "a number alone after a dash is no sheet"
get /fiches/tiers-lieux-de-nulle-part
is "$status" 404 "a title without its number is no sheet"
like "$(cat "$tmp/body")" 'id="q404"[^>]*value="tiers lieux de nulle part"' "an address that leads nowhere gives its words to be looked for"
unlike "$(cat "$tmp/body")" 'Vous cherchiez peut-être' "and nothing is close to them"
get /fiches/partir-en-vacances
unlike "$(cat "$tmp/body")" 'Vous cherchiez peut-être' "nor what begins nearly as one of them does"
likely() { grep -o 'Vous cherchiez peut-être</h2>.*' "$tmp/body" | grep -oE '<a href="[^"]*' | cut -d'"' -f2 | xargs; }
get /fiches/cartographier-pratique-catalyse
like "$status $(likely)" '^404 /fiches/cartographier-ses-pratiques-1( /fiches/[a-z0-9-]+){0,2}$' "a sheet without its number is among the three that are close"
get '/fiches/%C3%89valuer-une-alliance'
like "$status $(likely)" '^404 /fiches/[a-z0-9-]*evaluer' "and whatever its accents and capitals"
get '/catalyseurs/villes-au-carre'
like "$status $(likely)" '^404 /catalyseurs/villes-au-carre-[0-9]+' "a catalyst too"
get '/territoires/commune/99999-saint-benoit'
like "$status $(likely)" '^404 /territoires/commune/97410-saint-benoit( [^ ]+){0,2}$' "and a place, by its name"
for p in /.env /wp-login.php '/fiches/%3Cscript%3Ealert' '/fiches/%27%27' "/$(printf 'catalyse-%.0s' {1..200})"; do
	get "$p"
	like "$status $(grep -c '<script>' "$tmp/body")" '^(404|400|414) 0$' "GET ${p:0:30}: nothing is close, or it is escaped ($status)"
done
get "/fiches/$(printf '%%C3%%A9%.0s' {1..60})"
is "$(grep -o 'id="q404"[^>]*' "$tmp/body" | grep -o 'é' | wc -l)" 40 "of which it takes whole characters only"
get '/fiches.json?&&&=&='
is "$(jq_ '[.total > 0, .avertissements] | tostring')" '[true,[]]' "what has neither name nor value is nothing"
get '/fiches.json?=x'
is "$(jq_ '.avertissements[0] | .champ + " " + .code')" 'adresse inconnu' "a value without a name is said to be ignored"
get /territoires/departement/2a
is "$status $(head_of Location | sed "s|^$BASE||")" '301 /territoires/departement/2A-corse-du-sud' "2a is 2A"
get /fiches -X POST -d x=1
like "$status" '^(403|404|405|415)$' "POST where there is no form ($status)"
get /fiches -X DELETE
like "$status" '^(404|405|501)$' "DELETE ($status)"
get /fiches -X TRACE
is "$status" 405 "TRACE is refused"
get /fiches -X POST --data-binary "@/etc/services" -H "Content-Length: 70000"
like "$status" '^(000|400|403|405|408|413)$' "a body above 64 kB ($status)"
is "$(cat "$VAR"/catalysed-*.pid)" "$before" "the same processes"
for f in "$VAR"/catalysed-*.pid; do kill -0 "$(cat "$f")"; ok $? "$(basename "$f" .pid) is alive"; done
end
