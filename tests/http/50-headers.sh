#!/usr/bin/env bash
# Headers on every status, nginx's own included; the cache; conditional requests; HEAD; assets.
. "$(dirname "$0")/lib.sh"
headers() { # NAME
	local missing=
	for h in content-security-policy x-content-type-options referrer-policy cross-origin-opener-policy \
		cross-origin-resource-policy permissions-policy; do
		[ "$(grep -ci "^$h:" "$tmp/head")" = 1 ] || missing="$missing $h($(grep -ci "^$h:" "$tmp/head"))"
	done
	is "$missing" "" "$1 ($status): each security header once"
	unlike "$(cat "$tmp/head")" '^Server: nginx/|^X-Powered-By' "$1: no version is shown"
}
get / && headers "home"
like "$(head_of content-security-policy)" "default-src 'none'" "the policy starts from nothing"
unlike "$(head_of content-security-policy)" "unsafe|\\*" "and allows nothing unsafe"
unlike "$(cat "$tmp/head")" '^Strict-Transport' "no HSTS without TLS"
unlike "$(cat "$tmp/head")" '^Set-Cookie' "no cookie for a visitor who chose nothing"
get /fiches.json && headers "data"
is "$(head_of access-control-allow-origin)" '*' "data may be read from any site"
get /n-existe-pas && headers "404 of the application"
get /.git/config && headers "404 of nginx" && is "$status" 404 "no dot files"
get '/%zz' && headers "400 of nginx"
get /pres-de-moi && headers "redirection"
get /fiches -H "X-Long: $(head -c 17000 /dev/zero | tr '\0' a)" && headers "header too long"
get "/?$(head -c 20000 /dev/zero | tr '\0' a)" && headers "414"
problem() { # STATUS NAME
	is "$status $(head_of content-type) $(jq_ .status)" "$1 application/problem+json $1" "$2: problem+json for who wants data"
	headers "$2, in data"
	is "$(head_of access-control-allow-origin)" '*' "$2: may be read from any site"
}
get "/fiches.json?q=$(head -c 20000 /dev/zero | tr '\0' a)" && problem 414 "414"
get /fiches.geojson -H "X-Long: $(head -c 17000 /dev/zero | tr '\0' a)" && problem 400 "header too long"
# Whatever the length, data or a page as it was asked, and never more than one record of FastCGI holds.
for n in 15000 15400 16200 16380; do
	get "/fiches.json?q=$(head -c $n /dev/zero | tr '\0' a)"
	like "$status $(head_of content-type)" '^(400|414) application/problem\+json' "words of $n bytes: problem+json"
done
wide=$(head -c 16000 /dev/zero | tr '\0' a)
get "/fiches.json?q=${wide:0:10000}" -H "Referer: $wide" -H "X-Long: $wide" -H "X-Longue: $wide"
like "$status" '^4' "long headers beside long words are refused, not a failure"
get "/fiches.json?q=${wide:0:15000}" -H "X-Long: ${wide:0:15000}"
is "$status" 400 "as much as is let through is read"
get / -H 'Transfer-Encoding: gzip'
is "$status" 400 "what nginx does not know is not our failure"
get '/.git/config?a="b' -H 'Accept: application/json' && problem 404 "404 of nginx"
like "$(jq_ '.instance + " " + .demande')" "^/.git/config [0-9a-f]{32}$" "which says its path, and its number"
get '/.git/a"b\c' -H 'Accept: application/json' && problem 404 "a path that JSON would escape"
is "$(jq_ 'has("instance") or (.erreurs | length > 0)')" false "is not said"
get /.git/config -H 'Accept: text/html,application/json;q=0.9' && like "$(head_of content-type)" '^text/html' "a browser gets a page"
get /actifs/rien.css && headers "asset that is not there"
like "$(cat "$tmp/body")" 'lang="fr"' "nginx speaks French"

get /territoires/region/84-auvergne-rhone-alpes
get /territoires/region/84-auvergne-rhone-alpes
like "$(head_of x-cache-status)" '^(HIT|REVALIDATED)$' "the second time comes from the cache"
like "$(head_of cache-control)" 'private|no-cache' "a browser does not keep a page with its visitor's fragment"
get '/fiches.json?type=methode&taille=3'
etag=$(head_of etag)
like "$etag" '^"[^"]+"$' "data have a strong ETag"
get '/fiches.json?type=methode&taille=3' -H "If-None-Match: $etag"
is "$status" 304 "and If-None-Match gives 304"
get '/fiches.json?type=methode&taille=3'
length=$(wc -c <"$tmp/body")
get '/fiches.json?type=methode&taille=3' -I
is "$status" 200 "HEAD is answered"
unlike "$(head_of content-length)" '^0$' "HEAD does not claim an empty body"
get '/fiches.json?type=methode&taille=3'
is "$(wc -c <"$tmp/body")" "$length" "and does not spoil the cache"
get '/fiches?type=donnee' -I
get '/fiches?type=donnee'
like "$(wc -c <"$tmp/body")" '^[0-9]{4,}' "a page first asked by HEAD is whole"
get /fiches --compressed
like "$(head_of content-encoding)" '^gzip$' "pages are compressed"
get /
for url in $(grep -oE '(href|src)="/actifs/[^"]+"' "$tmp/body" | cut -d'"' -f2 | sort -u); do
	get "$url"
	is "$status" 200 "$url"
	like "$(head_of cache-control)" 'max-age=31536000.*immutable' "$url: a year"
done
# What a former version named is served from where it is kept, and no longer once it is not.
mkdir -p "$VAR/nginx/anciens/actifs/css" && echo 'p{color:red}' >"$VAR/nginx/anciens/actifs/css/site.0.css" && gzip -kf "$VAR/nginx/anciens/actifs/css/site.0.css"
get /actifs/css/site.0.css && headers "asset of a former version"
is "$status $(cat "$tmp/body")" '200 p{color:red}' "an asset of a former version"
like "$(head_of cache-control)" 'max-age=31536000.*immutable' "which is kept a year too"
get /actifs/css/site.0.css -H 'Accept-Encoding: gzip'
is "$(head_of content-encoding) $(head_of content-length)" "gzip $(wc -c <"$VAR/nginx/anciens/actifs/css/site.0.css.gz")" "and is compressed once"
get /actifs/css/site.1.css
is "$status $(head_of cache-control)" '404 no-store' "an asset of no version"
rm -r "$VAR/nginx/anciens"
for p in live ready; do
	get /$p -H 'X-Forwarded-For: 8.8.8.8'
	is "$status" 404 "/$p is hidden from the outside"
	get /$p
	is "$status" 200 "/$p answers the host"
done
get /fiches.json
id=$(sed -n "s/^x-request-id: *//Ip" "$tmp/head" | tr -d "\r" | tr "\n" ,)
like "$id" '^[0-9a-f]{32},$' "every answer bears its request's number"
# One request, by its number, from nginx to PostgreSQL; who asked is a network everywhere. What a connection was last told stays its name.
logged() { local i; for ((i = 0; i < 600; i++)); do line=$(grep -h -- "$1" "${@:2}" | head -n 1); [ -z "$line" ] || return 0; sleep 0.1; done; return 1; }
for from in 203.0.113.77 2001:db8:1:2:3::77; do
	get "/fiches.json?q=eau&essai=$RANDOM$RANDOM" -H "X-Forwarded-For: $from"
	id=$(head_of x-request-id)
	is "$("$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "select count(*) > 0 from pg_stat_activity where application_name like '%$id'")" t "SQL bears the number of the request"
	logged "\"$id\"" "$VAR/nginx/nginx-acces.log"
	is "$(jq -r '"\(.net) \(.path) \(.status)"' <<<"$line")" "$([ $from = 203.0.113.77 ] && echo 203.0.113.0 || echo 2001:db8:1::) /fiches.json 200" "nginx's line too, of a network"
	logged "\"$id\"" "$VAR"/log/catalysed-[12].log
	is "$(jq -r '"\(.route) \(.status)"' <<<"$line")" "/fiches 200" "and the instance's"
	[ -n "$id" ] && ! grep -Fq -- "$from" "$VAR"/log/catalysed-[12].log "$VAR/nginx/nginx-acces.log" "$VAR/nginx/nginx-erreurs.log"
	ok $? "the whole address is in none"
done
get / -H 'X-Real-IP: 165.169.1.1' -H 'Forwarded: for=165.169.1.1' -H 'Proxy: http://x/' -H 'X_Forwarded_For: 165.169.1.1'
is "$status" 200 "forged headers do not disturb"
get /pres-de-moi -H 'X-Real-IP: 165.169.1.1' -H 'Forwarded: for=165.169.1.1' -H 'X_Forwarded_For: 165.169.1.1' -H 'REMOTE-ADDR: 165.169.1.1'
unlike "$(head_of location)" '/territoires/(commune|departement|epci)/' "nor say where the visitor is"
# What nginx refuses by itself speaks French too, in the form that was asked for.
# A condition that is not met, on a page that is kept and due to be made again: nginx answers by itself, and its worker goes on.
for path in / /fiches /fiches.json /recherche?q=lieu /territoires/commune/97410-saint-benoit /fiches.atom; do
	get "$path"
	sleep 1.2
	get "$path" -H 'If-Match: "x"'
	is "$status" 412 "$path on condition of what it is not"
	get "$path" -H 'If-Unmodified-Since: Mon, 01 Jan 2001 00:00:00 GMT' -H 'Range: bytes=999999999-' -H 'If-Range: "x"'
	like "$status" '^(200|412|416)$' "$path on others"
	get "$path" -H 'Range: bytes=999999999-'
	like "$status" '^(200|416)$' "$path, a piece beyond its end"
done
is "$(grep -c 'exited on signal' "$VAR/nginx/nginx-erreurs.log")" 0 "no worker of nginx was ended by it"
get /actifs/$(curl -s "$BASE/" | grep -o 'css/[^"]*' | head -1) -H 'Range: bytes=999999999-'
like "$status $(tr -d '\n' <"$tmp/body")" '^416 .*n’est pas lisible' "a piece beyond the end"
end
