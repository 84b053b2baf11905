#!/usr/bin/env bash
# Every format of one query: headers, refusals, conditional requests; then readers that are not ours: GDAL, Universal Feed Parser,
# xmllint, jsonld, html-validate; and the property that all formats hold the same items.
. "$(dirname "$0")/lib.sh"
formats=$top_srcdir/tests/formats
type_of() { # SUFFIX
	case $1 in
	json) echo application/json ;; geojson) echo application/geo+json ;; csv) echo 'text/csv; charset=utf-8' ;;
	atom) echo 'application/atom+xml; charset=utf-8' ;; jsonld) echo application/ld+json ;; esac
}
item() { get "$1.json?taille=1${2:-}" && jq_ '.elements[0].uri' | sed "s|^$BASE||"; }
sheet=$(item /fiches '&type=methode') catalyst=$(item /catalyseurs '&territoire=commune:97410')
town=/territoires/commune/97410-saint-benoit

# --- By suffix: type, CORS, entity tag, 304, HEAD
for path in /fiches /catalyseurs "$sheet" "$catalyst" "$town" /vocabulaires /vocabulaires/odd; do
	for f in json geojson csv atom jsonld; do
		case $path-$f in "$town-atom" | /voc*-geojson | /voc*-csv | /voc*-atom) continue ;; esac
		get "$path.$f"
		etag=$(head_of etag)
		is "$status $(head_of content-type) $(head_of access-control-allow-origin)" "200 $(type_of $f) *" "$path.$f"
		rm "$tmp/body" # curl leaves the last one where there is none
		get "$path.$f" -H "If-None-Match: $etag"
		is "$status $(cat "$tmp/body" 2>/dev/null)" "304 " "$path.$f: 304 for its own tag"
		get "$path.$f" -I
		is "$status $(head_of content-type)" "200 $(type_of $f)" "$path.$f: HEAD"
	done
done
for f in json geojson csv atom jsonld; do
	get "$sheet.$f"
	when=$(head_of last-modified)
	like "$when" '^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{8} GMT$' "$f: a sheet says when it last changed"
	get "$sheet.$f" -H "If-Modified-Since: $when"
	is "$status" 304 "$f: and not again what has not"
done
get "/fiches.json?taille=2&type=methode"
total=$(jq_ .total)
for f in json geojson csv atom jsonld; do
	get "/fiches.$f?taille=2&type=methode&page=2"
	is "$(head_of x-total)" "$total" "$f: the total is a header"
	links=$(sed -n 's/^link: *//Ip' "$tmp/head" | tr -d '\r' | sed 's/, </\n</g')
	for rel in first prev next last; do
		like "$links" "^<$BASE/fiches\.$f\?type=methode&([^>]*&)?taille=2>; rel=\"$rel\"\$" "$f: Link rel=$rel"
	done
	like "$links" '^</fiches\?[^>]*>; rel="alternate"; type="text/html"$' "$f: Link to the page"
done
get /fiches.csv
is "$(head_of content-disposition)" 'attachment; filename="catalyse-fiches.csv"' "a table is a file with a name"
like "$(head_of access-control-expose-headers)" 'X-Total' "a script of another site may read the total"
get "$sheet.csv"
like "$(head_of content-disposition)" 'filename="catalyse-fiche-[0-9]+\.csv"' "so is a sheet"

# --- By Accept, through the cache
for pass in first cached; do
	for f in json geojson csv atom jsonld; do
		wanted=$(type_of $f)
		get '/fiches?theme=education-jeunesse' -H "Accept: ${wanted%%;*}"
		is "$(head_of content-type)" "$wanted" "Accept, $pass time: $f"
		like "$(sed -n 's/^vary: *//Ip' "$tmp/head" | tr -d '\r' | paste -sd, -)" '(^|[, ])Accept([, ]|$)' "and Vary says so ($f)"
	done
	get '/fiches?theme=education-jeunesse' -H 'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
	like "$(head_of content-type)" '^text/html' "Accept of a browser, $pass time: the page"
done
get /fiches -H 'Accept: image/png'
is "$status $(head_of content-type)" "406 application/problem+json" "what we do not have is a 406"
like "$(jq_ '.erreurs[0].message')" 'text/html, application/json, application/geo\+json' "that says what there is"
get /live -H 'Accept: image/png'
is "$status" 200 "what exists in one format only is given as it is"
get "/fiches.csv?odd=99"
is "$status $(head_of content-type)" "400 application/problem+json" "a bad value is a 400 in every format"
is "$(jq_ '.erreurs[0].champ')" odd "that names the field"
get /fiches/1.geojson
like "$status $(head_of location)" '^301 .*-1\.geojson$' "an item without its title keeps its format"

# --- What a page says of its formats is true
for path in / /fiches "/fiches?type=methode&taille=5&page=2" /catalyseurs "$sheet" "$catalyst" "$town" /vocabulaires /vocabulaires/theme; do
	get "$path"
	cp "$tmp/body" "$tmp/page"
	bad='' n=0
	while read -r type url; do
		n=$((n + 1))
		get "$url" -H "Accept: $type"
		case "$status $(head_of content-type)" in "200 $type"*) ;; *) bad="$bad $url:$status" ;; esac
	done < <(grep -oE '<link rel="alternate" [^>]*>' "$tmp/page" | sed -E 's/.*type="([^"]*)".*href="([^"]*)".*/\1 \2/; s/&amp;/\&/g')
	is "$bad" "" "$path: its $n alternates answer with the type they announce"
	[ "$n" -ge 2 ]
	ok $? "$path: it has some"
	get "$path"
	is "$(grep -i '^link:' "$tmp/head" | grep -o 'rel="alternate"' | wc -l)" "$n" "$path: as many in its headers"
done

# --- GDAL
geo() { # FILE [OPTIONS]: the number of features it reads
	local f=$1
	shift
	ogrinfo -ro -so -al "$@" "$f" 2>&1 | tee "$tmp/ogr" | sed -n 's/^Feature Count: //p'
}
for list in /fiches /catalyseurs "/fiches?q=zzzzzz" "/catalyseurs?territoire=departement:974"; do
	q=${list#"${list%%\?*}"} path=${list%%\?*}
	get "$path.geojson${q:-?}${q:+&}taille=100"
	cp "$tmp/body" "$tmp/a.geojson"
	n=$(jq_ '.features | length')
	is "$(geo "$tmp/a.geojson")" "$n" "GDAL reads the $n features of $list in GeoJSON"
	is "$(jq_ '[.features[] | select(.geometry) | .geometry.coordinates | select(.[0] < -180 or .[0] > 180 or .[1] < -90 or .[1] > 90)] | length')" 0 "longitude first, in degrees"
	is "$(jq_ '(.bbox // [0,0,0,0]) as $b | [.features[] | select(.geometry) | .geometry.coordinates | select(.[0] < $b[0] or .[0] > $b[2] or .[1] < $b[1] or .[1] > $b[3])] | length')" 0 "all inside bbox"
	get "$path.csv${q:-?}${q:+&}taille=100"
	cp "$tmp/body" "$tmp/a.csv"
	is "$(geo "$tmp/a.csv" -oo X_POSSIBLE_NAMES=longitude -oo Y_POSSIBLE_NAMES=latitude -oo KEEP_GEOM_COLUMNS=YES)" "$n" "and the rows of its table"
	[ "$n" = 0 ] || like "$(cat "$tmp/ogr")" 'Geometry: Point' "with their places"
done
get '/catalyseurs.geojson?taille=100'
like "$(jq_ '[.features[] | select(.geometry == null)] | length')" '^[1-9]' "what has no place has no geometry, and is there"
get "$town.geojson"
is "$(jq_ '.type + " " + .id + " " + (.geometry.coordinates | map(floor) | tostring)')" 'Feature commune/97410 [55,-22]' "a territory is a feature"

# --- Feeds
mkdir "$tmp/feeds"
for list in fiches catalyseurs 'fiches?q=zzzzzz' 'fiches?territoire=departement:974' evenements; do
	q=${list#"${list%%\?*}"}
	get "/${list%%\?*}.atom$q"
	cp "$tmp/body" "$tmp/feeds/$(printf %s "$list" | tr -c 'a-z0-9\n' _)"
done
/usr/bin/python3 "$formats/feed.py" "$tmp"/feeds/* >"$tmp/out" 2>&1
is "$(grep -c ' fine$' "$tmp/out")" 5 "Universal Feed Parser finds nothing to say of five feeds"
[ "$(grep -c ' fine$' "$tmp/out")" = 5 ] || sed 's/^/# /' "$tmp/out"
like "$(cat "$tmp/out")" 'zzzzzz 0 fine' "an empty one included"
for f in "$tmp"/feeds/*; do
	xmllint --noout --relaxng "$formats/atom.rng" "$f" 2>"$tmp/lint"
	ok $? "RFC 4287's grammar: ${f##*/}" "$(cat "$tmp/lint")"
done
like "$(cat "$tmp/out")" '^evenements [1-9][0-9]* fine' "nor of that of events, which holds some"
for path in "$sheet" "$catalyst" "$(item /evenements)"; do
	get "$path.atom"
	xmllint --noout --relaxng "$formats/atom.rng" "$tmp/body" 2>"$tmp/lint"
	ok $? "RFC 4287's grammar: the entry of ${path##*/}" "$(cat "$tmp/lint")"
done
get "/fiches?type=methode&tri=verifie"
like "$(cat "$tmp/head")" '</fiches\.atom\?type=methode&tri=recent>; rel="alternate"' "a list names the feed of what is new in it"
get /fiches.atom
id=$(grep -o '<id>tag:[^<]*/[0-9]*</id>' "$tmp/body" | head -n 1)
get "/fiches.atom?tri=recent&taille=100"
like "$(cat "$tmp/body")" "$id" "the same sheet has the same id in every feed"
like "$(cat "$tmp/body")" '<georss:point>-?[0-9.]+ -?[0-9.]+</georss:point>' "with its point"

# --- Pages, linked data, and the property
if [ -d "$top_srcdir/tests/browser/node_modules" ] && [ -d "$formats/node_modules" ]; then
	mkdir "$tmp/html"
	# Every page of the plan, one of each kind of thing, those with filters, words, nothing found, a refusal.
	get /plan-du-site
	pages=$(grep -o '<a href="/[^"]*"' "$tmp/body" | sed 's/.*href="//; s/"$//; s/&amp;/\&/g' | sort -u)
	for list in /evenements /parcours /observatoire; do pages="$pages $(item $list)"; done
	get /thematiques.json
	pages="$pages $(jq_ '.elements[0].url' | sed "s|^$BASE||") /vocabulaires/odd /vocabulaires/theme /vocabulaires/activite /fiches?q=zzzzzz /fiches?q=forun
		/fiches?type=methode&page=2 /fiches?odd=99 $sheet $sheet/historique $catalyst /recherche?q=tiers-lieu /recherche?q=zzzzzz /evenements?periode=prochains
		/boussole/chemin?qui=association&territoire=commune:69123 /imprimer?fiche=2&fiche=1 /integrer?adresse=/fiches /integrer/fiches?type=methode
		/integrer$sheet /essaimage /pres-de-moi?territoire=commune:97410 /connexion /rien-de-tel
		/carte?quoi=fiches /carte?territoire=region:84 /carte?quoi=fiches&territoire=commune:97410 /carte?q=zzzzzz
		$town /territoires/epci/249740093-ca-intercommunale-de-la-reunion-est-cirest /territoires/departement/974-la-reunion /territoires/region/04-la-reunion
		$town?critere=ile&critere=programme /territoires/commune/29155-ouessant?critere=montagne
		/territoires/collectivite/975-saint-pierre-et-miquelon /territoires/epci/243500139-rennes-metropole?critere=densite"
	for p in $pages; do
		get "$p"
		grep -q '<html' "$tmp/body" && cp "$tmp/body" "$tmp/html/$(printf %s "$p" | tr -c 'a-z0-9\n' _).html"
	done
	n=$(ls "$tmp/html" | wc -l)
	[ "$n" -ge 60 ]
	ok $? "$n pages to read" "$(ls "$tmp/html")"
	out=$("$top_srcdir/tests/browser/node_modules/.bin/html-validate" --config "$top_srcdir/tests/browser/.htmlvalidate.json" --formatter text "$tmp/html/*.html" 2>&1)
	ok $? "html-validate: no error in them" "$out"
	for t in linked same; do
		node "$formats/$t.mjs" >"$tmp/out" 2>&1
		ok $? "$t.mjs: $(tail -n 1 "$tmp/out")" "$(grep -A 8 '^not ok' "$tmp/out")"
	done
else
	ok 1 "the npm packages are missing (./bootstrap fetches them)"
fi
end
